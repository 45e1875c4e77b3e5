// The clipboard, by the DOM's copy, cut and paste events: plain-http origins have no navigator.clipboard.
// Text fields copy, cut and paste by themselves; this is for the rest.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace qudao::platform {

// Cells pasted from a spreadsheet (tabs or several lines) while no text field is being edited: the text as the
// spreadsheet gave it, tab-separated, lines ended by \n. Return true when it was taken.
using PastedCells = std::function<bool(std::string_view)>;
void on_paste_cells(PastedCells on_paste);

// Ctrl+C while no text field is being edited: what to copy, "" for nothing (tabs make cells in a spreadsheet).
void on_copy_request(std::function<std::string()> on_copy);

// Copies now. Must follow from a click or a key of the person; false if the browser refused.
bool copy_to_clipboard(std::string_view text);

}  // namespace qudao::platform
