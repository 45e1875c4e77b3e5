#include "client/views/common/forms.hpp"

#include <algorithm>
#include <utility>

namespace qudao::client {

const Form* find_form(const World& world, std::string_view screen, std::int64_t record) {
    for (const Form& form : world.forms.forms)
        if (form.screen == screen && form.record == record) return &form;
    return nullptr;
}

Effects follow_form(const World& world, std::string_view screen, std::int64_t record, bool differs, std::string json) {
    if (!differs) return forget_form(world, screen, record);
    return {KeepForm{std::string(screen), record, std::move(json)}};
}

Effects forget_form(const World& world, std::string_view screen, std::int64_t record) {
    if (find_form(world, screen, record) == nullptr) return {};
    return {ForgetForm{std::string(screen), record}};
}

void drop_form(Forms& forms, std::string_view screen, std::int64_t record) {
    std::erase_if(forms.forms, [&](const Form& form) { return form.screen == screen && form.record == record; });
}

void put_form(Forms& forms, Form form) {
    drop_form(forms, form.screen, form.record);
    forms.forms.push_back(std::move(form));
}

}  // namespace qudao::client
