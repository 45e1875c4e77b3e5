#include "client/views/policies/policies_model.hpp"

#include <algorithm>

namespace qudao::client::policies {
namespace {

enum Question : std::uint8_t { kPolicies, kPreview, kChange };
constexpr std::string_view kForm = "policies";  // of common/forms.hpp

// A draft as it is kept, with what it was made from.
struct Unsaved {
    dto::PoliciesDto draft;
    dto::PoliciesDto stored;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("draft", self.draft);
        v("stored", self.stored);
    }
};

dto::PoliciesDto at_basis(dto::PoliciesDto policies, std::int64_t basis) {
    policies.basis = basis;
    return policies;
}

struct Reducer {
    Model& model;
    const World& world;

    void forget_effect() {
        model.previewed.reset();
        model.effect = {};
    }
    Effects ask() {
        model.policies.start();
        model.error.reset();
        forget_effect();
        return {CallApi{Asker::policies, kPolicies, "policies.show", {}, {}, {}}};
    }
    Effects edited() {
        forget_effect();
        model.error.reset();
        Unsaved unsaved{model.draft, model.policies.value};
        // Where somebody else has changed the policies since, that stays so however often the draft is changed.
        if (const auto before = kept_form<Unsaved>(world, kForm, 0); before && model.draft.basis != model.policies.value.basis) unsaved.stored = before->stored;
        return follow_form(world, kForm, 0, changed(model), dto::to_json(unsaved));
    }
    // Policies that are no longer what the draft was made from are not overwritten: the server refuses the old basis.
    void restore() {
        const Form* form = model.policies.ready() ? find_form(world, kForm, 0) : nullptr;
        if (form == nullptr) return;
        auto kept = dto::from_json<Unsaved>(form->json);
        const dto::PoliciesDto& now = model.policies.value;
        if (!kept) return;
        if (at_basis(kept->stored, now.basis) == now) kept->draft.basis = now.basis;
        if (kept->draft == model.draft) return;
        model.draft = std::move(kept->draft);
        model.restored_unix_ms = form->at_unix_ms;
    }
    Effects operator()(const Opened&) { return ask(); }
    Effects operator()(const Retried&) { return ask(); }
    Effects operator()(const WindowPicked& event) {
        model.draft.open_day = event.open_day;
        model.draft.close_day = std::min(event.close_day, event.open_day - 1);  // it closes on an earlier day of the next month
        return edited();
    }
    Effects operator()(const PrecedencePicked& event) {
        model.draft.precedence = code_of(event.precedence);
        return edited();
    }
    Effects operator()(const FallbackPicked& event) {
        model.draft.fallback_pool = event.pool;
        return edited();
    }
    Effects operator()(const UndoPressed&) {
        Effects effects = forget_form(world, kForm, 0);
        model.draft = model.policies.value;
        model.restored_unix_ms = 0;
        for (Effect& effect : ask()) effects.push_back(std::move(effect));
        return effects;
    }
    Effects operator()(const FormsCame&) {
        restore();
        return {};
    }
    Effects operator()(const PreviewPressed&) {
        if (!changed(model) || model.saving) return {};
        model.effect.start();
        model.error.reset();
        model.previewed = model.draft;
        return {CallApi{Asker::policies, kPreview, "policies.preview", {}, {}, dto::to_json(model.draft)}};
    }
    Effects operator()(const SavePressed&) {
        if (!may_save(model)) return {};
        model.saving = true;
        model.error.reset();
        return {CallApi{Asker::policies, kChange, "policies.change", {}, {}, dto::to_json(model.draft)}};
    }
    Effects operator()(const ApiReplied& replied) {
        if (replied.question == kPreview) {
            if (!model.previewed) return {};  // edited since
            model.effect.finish(read_reply<dto::PolicyEffectDto>(replied));
            return {};
        }
        auto policies = read_reply<dto::PoliciesDto>(replied);
        const bool change = replied.question == kChange;
        if (change) {
            model.saving = false;
            if (!policies) {
                model.error = policies.error();
                return {};
            }
        }
        model.policies.finish(std::move(policies));
        if (model.policies.ready()) model.draft = model.policies.value;
        model.restored_unix_ms = 0;
        if (!change) {
            restore();
            return {};
        }
        forget_effect();
        Effects effects = forget_form(world, kForm, 0);
        effects.insert(effects.end(), {Notify{NoticeTone::good, std::string(world.words(Text::policies_saved))}, RefreshSession{}});
        return effects;
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

bool changed(const Model& model) { return model.policies.ready() && !(model.draft == model.policies.value); }

bool may_save(const Model& model) { return changed(model) && !model.saving && model.effect.ready() && model.previewed && *model.previewed == model.draft; }

std::vector<std::int64_t> public_pools(const World& world) {
    std::vector<std::int64_t> pools;
    if (!world.organisation) return pools;
    const Organisation& org = *world.organisation;
    for (const UnitIndex unit : org.preorder(Tree::area)) {
        const UnitRecord& record = org.unit(unit);
        if (record.kind == UnitKind::pool && record.active && org.channel_of(unit) == org.find_channel("public")) pools.push_back(record.id.value);
    }
    return pools;
}

}  // namespace qudao::client::policies
