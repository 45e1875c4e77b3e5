#include "shared/workbook/xlsx_package.hpp"

#include <algorithm>
#include <charconv>

#include "shared/workbook/cell_text.hpp"
#include "shared/workbook/errors.hpp"
#include "shared/workbook/xml_scanner.hpp"

namespace qudao::workbook {
namespace {

constexpr std::size_t kMaxStyles = 65'536;  // Excel's own limit is 65,490
constexpr std::size_t kMaxSheets = 4096;
constexpr std::size_t kMaxRelations = 8192;
constexpr std::size_t kMaxNameBytes = 4096;  // of a sheet's name, an identifier or a target: Excel's names have 31 characters

struct Relation {
  std::string id;
  std::string type;  // the last segment: "worksheet"; the same in the strict form
  std::string target;
  bool external = false;
};

Error failure_of(const XmlScanner& xml, std::string_view part) {
  return xml.failed() ? xml.error() : Error::of(errors::kDamaged).with("part", part).because("unexpected end of XML");
}

Error too_many(std::size_t limit) { return Error::of(errors::kTooManyParts).with("limit", static_cast<std::int64_t>(limit)); }

// An attribute's text as far as a name can go.
std::string name_text(std::string_view raw) { return decoded(raw.substr(0, kMaxNameBytes)); }

// "xl/workbook.xml" -> "xl/_rels/workbook.xml.rels"
std::string relations_of(std::string_view part) {
  const std::size_t slash = part.find_last_of("/\\");
  const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  return std::string(part.substr(0, name)) + "_rels/" + std::string(part.substr(name)) + ".rels";
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
      out.push_back(static_cast<char>(static_cast<unsigned char>(value)));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// A relationship's target as a part name: absolute ("/xl/a.xml") or relative to the folder of `base`, with "." and "..".
std::string resolve(std::string_view base, std::string_view target) {
  std::string path;
  if (target.empty() || (target.front() != '/' && target.front() != '\\')) {
    const std::size_t slash = base.find_last_of("/\\");
    if (slash != std::string_view::npos) path = base.substr(0, slash + 1);
  }
  path += target;
  std::vector<std::string_view> segments;
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t slash = rest.find_first_of("/\\");
    const std::string_view segment = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      segments.push_back(segment);
    } else if (!segments.empty()) {
      segments.pop_back();
    }
  }
  std::string out;
  for (const std::string_view segment : segments) out.append(out.empty() ? "" : "/").append(segment);
  return out;
}

const ZipEntry* find_target(const ZipArchive& archive, std::string_view base, std::string_view target) {
  const std::string part = resolve(base, target);
  if (const ZipEntry* entry = archive.find(part)) return entry;
  return archive.find(percent_decoded(part));
}

Result<std::vector<Relation>> read_relations(const ZipEntry& part, UnpackBudget& budget, Meter& meter) {
  PartStream stream(part, budget, meter);
  XmlScanner xml(stream);
  std::vector<Relation> relations;
  if (!xml.next_child()) return failure_of(xml, part.name);
  while (xml.next_child()) {
    Relation relation;
    std::string_view name;
    std::string_view value;
    while (xml.attribute(name, value)) {
      if (name == "Id") relation.id = name_text(value);
      if (name == "Target") relation.target = name_text(value);
      if (name == "TargetMode") relation.external = value == "External";
      if (name == "Type") relation.type = name_text(value.substr(value.rfind('/') + 1));
    }
    if (relations.size() == kMaxRelations) return too_many(kMaxRelations);
    relations.push_back(std::move(relation));
    if (!xml.skip_element()) return failure_of(xml, part.name);
  }
  if (xml.failed()) return xml.error();
  return relations;
}

// A ZIP that is no .xlsx: another spreadsheet, or something else altogether.
Error other_kind(const ZipArchive& archive) {
  const auto other = [](std::string_view format) { return Error::of(errors::kOtherFormat).with("format", format); };
  if (archive.find("xl/workbook.bin") != nullptr) return other("xlsb");
  if (archive.find("Index/Document.iwa") != nullptr || archive.find("Index.zip") != nullptr) return other("numbers");
  const ZipEntry* type = archive.find("mimetype");
  const std::string_view kOpenDocument = "application/vnd.oasis.opendocument.spreadsheet";
  if (type != nullptr && type->data.substr(0, kOpenDocument.size()) == kOpenDocument) return other("ods");
  return Error::of(errors::kNotAWorkbook);
}

// The part that lists the sheets: named by the package's own relations, nearly always xl/workbook.xml.
Result<const ZipEntry*> find_workbook(const ZipArchive& archive, UnpackBudget& budget, Meter& meter) {
  const ZipEntry* workbook = nullptr;
  if (const ZipEntry* root = archive.find("_rels/.rels")) {
    QUDAO_TRY(relations, read_relations(*root, budget, meter));
    for (const Relation& relation : relations)
      if (relation.type == "officeDocument" && !relation.external) workbook = find_target(archive, "", relation.target);
  }
  if (workbook == nullptr) workbook = archive.find("xl/workbook.xml");
  if (workbook == nullptr || (workbook->name.size() > 4 && workbook->name.substr(workbook->name.size() - 4) == ".bin")) return other_kind(archive);
  return workbook;
}

bool is_true(std::string_view value) { return value == "1" || value == "true"; }

struct ListedSheet {
  std::string name;
  std::string relation;
  bool hidden = false;
};

ListedSheet read_listed(XmlScanner& xml) {
  ListedSheet sheet;
  std::string_view name;
  std::string_view value;
  while (xml.attribute(name, value)) {
    if (name == "name") sheet.name = name_text(value);
    if (name == "id") sheet.relation = name_text(value);
    if (name == "state") sheet.hidden = value == "hidden" || value == "veryHidden";
  }
  mend_text(sheet.name, 0);
  return sheet;
}

Status read_workbook(const ZipEntry& part, UnpackBudget& budget, Meter& meter, bool& date1904, std::vector<ListedSheet>& sheets) {
  PartStream stream(part, budget, meter);
  XmlScanner xml(stream);
  if (!xml.next_child()) return failure_of(xml, part.name);
  if (xml.name() != "workbook") return Error::of(errors::kNotAWorkbook);  // a Word file, say
  while (xml.next_child()) {
    if (xml.name() == "workbookPr") {
      std::string_view name;
      std::string_view value;
      while (xml.attribute(name, value))
        if (name == "date1904") date1904 = is_true(value);
    }
    if (xml.name() != "sheets") {
      if (!xml.skip_element()) return failure_of(xml, part.name);
      continue;
    }
    while (xml.next_child()) {
      if (sheets.size() == kMaxSheets) return too_many(kMaxSheets);
      sheets.push_back(read_listed(xml));
      if (!xml.skip_element()) return failure_of(xml, part.name);
    }
  }
  return xml.failed() ? Status(xml.error()) : done();
}

}  // namespace

Result<XlsxPackage> open_package(const ZipArchive& archive, UnpackBudget& budget, Meter& meter) {
  QUDAO_TRY(workbook, find_workbook(archive, budget, meter));
  XlsxPackage package;
  std::vector<ListedSheet> listed;
  QUDAO_CHECK(read_workbook(*workbook, budget, meter, package.date1904, listed));
  std::vector<Relation> relations;
  if (const ZipEntry* part = archive.find(relations_of(workbook->name))) {
    QUDAO_TRY(found, read_relations(*part, budget, meter));
    relations = std::move(found);
  }
  for (const Relation& relation : relations) {
    if (relation.external) continue;
    if (relation.type == "sharedStrings") package.shared_strings = find_target(archive, workbook->name, relation.target);
    if (relation.type == "styles") package.styles = find_target(archive, workbook->name, relation.target);
  }
  for (ListedSheet& sheet : listed) {
    const auto relation = std::find_if(relations.begin(), relations.end(),
                                       [&](const Relation& r) { return r.id == sheet.relation && !r.external; });
    if (relation == relations.end() || relation->type != "worksheet") continue;  // a chart sheet, a dialog, a macro sheet
    if (sheet.hidden) {
      ++package.hidden_sheets;
      continue;
    }
    const ZipEntry* part = find_target(archive, workbook->name, relation->target);
    if (part == nullptr) return Error::of(errors::kDamaged).with("part", relation->target).because("a sheet that is not there");
    package.sheets.push_back({std::move(sheet.name), part});
  }
  if (package.sheets.empty()) return Error::of(errors::kNoVisibleSheet);
  return package;
}

namespace {

std::uint32_t number_of(std::string_view text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// The custom formats: number and code.
bool read_custom_formats(XmlScanner& xml, std::vector<std::pair<std::uint32_t, NumberFormat>>& formats) {
  while (xml.next_child()) {
    std::uint32_t id = 0;
    NumberFormat format;
    std::string_view name;
    std::string_view value;
    while (xml.attribute(name, value)) {
      if (name == "numFmtId") id = number_of(value);
      if (name == "formatCode") format = classify_format(decoded(value));
    }
    if (formats.size() < kMaxStyles) formats.emplace_back(id, format);
    if (!xml.skip_element()) return false;
  }
  return !xml.failed();
}

}  // namespace

Result<std::vector<NumberFormat>> read_formats(const ZipEntry& part, UnpackBudget& budget, Meter& meter) {
  PartStream stream(part, budget, meter);
  XmlScanner xml(stream);
  std::vector<std::pair<std::uint32_t, NumberFormat>> custom;
  std::vector<std::uint32_t> used;
  if (!xml.next_child()) return failure_of(xml, part.name);
  while (xml.next_child()) {
    if (xml.name() == "numFmts") {
      if (!read_custom_formats(xml, custom)) return failure_of(xml, part.name);
    } else if (xml.name() == "cellXfs") {
      while (xml.next_child()) {
        std::uint32_t id = 0;
        std::string_view name;
        std::string_view value;
        while (xml.attribute(name, value))
          if (name == "numFmtId") id = number_of(value);
        if (used.size() < kMaxStyles) used.push_back(id);
        if (!xml.skip_element()) return failure_of(xml, part.name);
      }
    } else if (!xml.skip_element()) {
      return failure_of(xml, part.name);
    }
  }
  if (xml.failed()) return xml.error();
  std::stable_sort(custom.begin(), custom.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<NumberFormat> formats;
  formats.reserve(used.size());
  for (const std::uint32_t id : used) {
    const auto found = std::lower_bound(custom.begin(), custom.end(), id, [](const auto& a, std::uint32_t b) { return a.first < b; });
    formats.push_back(found != custom.end() && found->first == id ? found->second : builtin_format(id));
  }
  return formats;
}

namespace {

// <t>text</t> at `at`, as nearly every one is written.
bool plain_run(const char*& at, RawText& text) {
  if (!take_mark(at, "<t")) return false;
  take_mark(at, kPreserveSpace);
  return *at++ == '>' && take_text(at, text) && take_mark(at, "</t>");
}

// A whole <t> that stands next as nearly every one does, or false: nothing was taken.
bool take_run(XmlScanner& xml, std::string& out, bool& suspicious) {
  const char* at = xml.peek();
  RawText text;
  if (at == nullptr || !plain_run(at, text)) return false;
  xml.took(at);
  text.append_to(out);
  suspicious |= text.suspicious;
  return true;
}

// The same of a whole <si><t>text</t></si>.
bool take_item(XmlScanner& xml, std::string& out, bool& suspicious) {
  const char* at = xml.peek();
  RawText text;
  if (at == nullptr || !take_mark(at, "<si>") || !plain_run(at, text) || !take_mark(at, "</si>")) return false;
  xml.took(at);
  text.append_to(out);
  suspicious |= text.suspicious;
  return true;
}

// After the start of <r>.
bool read_run(XmlScanner& xml, std::string& out, std::size_t limit, bool& suspicious) {
  for (;;) {
    if (out.size() <= limit && take_run(xml, out, suspicious)) continue;
    if (!xml.next_child()) return !xml.failed();
    bool good = true;
    if (xml.name() == "t") {
      suspicious = true;
      good = xml.read_text(out, limit);
    } else {
      good = xml.name() == "rPr" ? xml.skip_childless("</rPr") : xml.skip_element();
    }
    if (!good) return false;
  }
}

}  // namespace

bool read_rich_text(XmlScanner& xml, std::string& out, std::size_t limit, bool& suspicious) {
  for (;;) {
    if (out.size() <= limit && take_run(xml, out, suspicious)) continue;
    if (!xml.next_child()) return !xml.failed();
    bool good = true;
    if (xml.name() == "t") {
      suspicious = true;
      good = xml.read_text(out, limit);
    } else {  // rPh and phoneticPr are passed over
      good = xml.name() == "r" ? read_run(xml, out, limit, suspicious) : xml.skip_element();
    }
    if (!good) return false;
  }
}

namespace {

// By what the table says of itself, as far as the part's size makes it credible.
void reserve_texts(XmlScanner& xml, const ZipEntry& part, StringColumn& texts) {
  constexpr std::uint64_t kLeastBytes = 8;  // "<si/>" and a little
  constexpr std::uint64_t kMost = 4 * 1024 * 1024;
  const std::uint64_t most = std::min(part.unpacked_bytes / kLeastBytes, kMost);
  std::string_view name;
  std::string_view value;
  while (xml.attribute(name, value))
    if (name == "uniqueCount")
      texts.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(number_of(value), most)),
                    static_cast<std::size_t>(std::min(part.unpacked_bytes / 4, kMost)));
}

}  // namespace

Result<StringColumn> read_shared_strings(const ZipEntry& part, const Limits& limits, UnpackBudget& budget, Meter& meter) {
  PartStream stream(part, budget, meter);
  XmlScanner xml(stream);
  StringColumn texts;
  std::string text;
  const auto cell_limit = static_cast<std::size_t>(limits.cell_bytes);
  if (!xml.next_child()) return failure_of(xml, part.name);
  reserve_texts(xml, part, texts);
  for (;;) {
    text.clear();
    bool suspicious = false;
    if (!take_item(xml, text, suspicious)) {
      if (!xml.next_child()) break;
      if (!read_rich_text(xml, text, cell_limit, suspicious)) return failure_of(xml, part.name);
    }
    if (text.size() > cell_limit) {
      text.resize(cell_limit + 1);  // refused where it is used, so that the row can be named
    } else if (suspicious) {
      mend_text(text, 0);
    }
    texts.push_back(text);
    // Four bytes an entry, so that empty texts without number are bounded too.
    if (texts.byte_size() + texts.size() * 4 > static_cast<std::size_t>(limits.shared_text_bytes))
      return Error::of(errors::kTooMuchText).with("limit_mb", limits.shared_text_bytes / kMegabyte);
  }
  if (xml.failed()) return xml.error();
  return texts;
}

}  // namespace qudao::workbook
