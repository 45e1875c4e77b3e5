#include "client/views/api_keys/api_keys_model.hpp"

namespace qudao::client::api_keys {
namespace {

enum Question : std::uint8_t { kKeys, kAdd, kRevoke };

struct Reducer {
    Model& model;
    const World& world;

    Effects ask() {
        model.keys.start();
        return {CallApi{Asker::api_keys, kKeys, "keys.show", {}, {}, {}}};
    }
    Effects operator()(const Opened&) { return ask(); }
    Effects operator()(const Retried&) { return ask(); }
    Effects operator()(const AddPressed& event) {
        model.adding = event.open;
        model.error.reset();
        model.channels = kAllChannels;
        if (!event.open) return {};
        model.units.search.clear();
        if (model.units.selected == 0 && !world.home_units.empty()) model.units.selected = world.home_units.front();
        refresh(model.units, world);
        return {};
    }
    Effects operator()(const UnitTreeUsed& event) {
        client::reduce(model.units, event.event, world);
        return {};
    }
    Effects operator()(const ChannelPressed& event) {
        model.channels ^= channel_bit(event.channel);
        return {};
    }
    Effects operator()(const AddConfirmed& event) {
        if (model.saving || !world.organisation) return {};
        model.saving = true;
        model.error.reset();
        dto::KeyAddRequest request;
        request.name = event.name;
        request.unit = model.units.selected;
        request.expires_on = event.expires_on;
        const auto& channels = world.organisation->channels();
        const ChannelMask all = (ChannelMask{1} << channels.size()) - 1;
        for (std::size_t i = 0; (model.channels & all) != all && i < channels.size(); ++i)
            if ((model.channels & channel_bit(static_cast<ChannelIndex>(i))) != 0) request.channels.push_back(channels[i].code);
        return {CallApi{Asker::api_keys, kAdd, "keys.add", {}, {}, dto::to_json(request)}};
    }
    Effects operator()(const RevokePressed& event) {
        model.revoking = event.key;
        model.error.reset();
        return {};
    }
    Effects operator()(const RevokeConfirmed&) {
        if (model.saving || model.revoking == 0) return {};
        model.saving = true;
        return {CallApi{Asker::api_keys, kRevoke, "keys.revoke", {{"key", std::to_string(model.revoking)}}, {}, {}}};
    }
    Effects operator()(const TokenTold&) {
        model.token.clear();
        return {};
    }
    Effects operator()(const ApiReplied& replied) {
        if (replied.question == kKeys) {
            model.keys.finish(read_reply<dto::KeysDto>(replied));
            return {};
        }
        model.saving = false;
        if (!replied.body) {
            model.error = replied.body.error();
            return {};
        }
        model.adding = false;
        model.revoking = 0;
        if (const auto added = replied.question == kAdd ? read_reply<dto::KeyAddedDto>(replied) : Result<dto::KeyAddedDto>(dto::KeyAddedDto{})) model.token = added->token;
        return ask();
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

}  // namespace qudao::client::api_keys
