// The audit trail, and the keys of other systems with what they read.
#pragma once

#include "shared/dto/session_dto.hpp"

namespace qudao::dto {

struct AuditRequest {
    std::string kind;           // "unit." or "unit.move"; "": all
    std::int64_t subject = 0;
    std::int64_t person = 0;
    std::string from;           // yyyy-MM-dd, included; "": from the first
    std::string until;          // included; "": to the last
    std::string search;         // in what it is called
    std::int64_t before = 0;    // older than this entry
    std::int32_t limit = 100;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("kind", self.kind, text(0, 40));
        v("subject", self.subject, number(0, INT64_MAX));
        v("person", self.person, number(0, INT64_MAX));
        v("from", self.from, text(0, 10));
        v("until", self.until, text(0, 10));
        v("search", self.search, text(0, 80));
        v("before", self.before, number(0, INT64_MAX));
        v("limit", self.limit, number(1, 200));
    }
};

struct AuditEntryDto {
    std::int64_t id = 0;
    std::string at;             // Shanghai civil time
    std::int64_t person = 0;
    std::string person_name;
    std::string kind;
    std::int64_t subject = 0;
    std::string subject_name;
    Json before;                // what changed, as an object
    Json after;
    std::int64_t undone_by = 0;
    bool undoable = false;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("at", self.at);
        v("person", self.person);
        v("person_name", self.person_name);
        v("kind", self.kind);
        v("subject", self.subject);
        v("subject_name", self.subject_name);
        v("before", self.before);
        v("after", self.after);
        v("undone_by", self.undone_by);
        v("undoable", self.undoable);
    }
};

struct AuditPageDto {
    std::vector<AuditEntryDto> entries;
    std::int64_t next = 0;      // ask for what is before it; 0: that was the last
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("entries", self.entries, items(200));
        v("next", self.next);
    }
};

struct KeyAddRequest {
    std::string name;
    std::int64_t unit = 0;
    std::vector<std::string> channels;  // codes; empty: all
    std::string expires_on;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("name", self.name, text(1, 80));
        v("unit", self.unit, number(1, INT64_MAX));
        v("channels", self.channels, items(32, 40));
        v("expires_on", self.expires_on, text(10, 10));
    }
};

struct KeyAddedDto {
    std::int64_t id = 0;
    std::string token;  // told once
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("token", self.token);
    }
};

struct KeyDto {
    std::int64_t id = 0;
    std::string name;
    std::string hint;
    std::int64_t unit = 0;
    std::vector<std::string> channels;
    std::string expires_on;
    std::string state;       // "good", "expired", "revoked"
    std::string created_by;
    std::string created_at;
    std::string used_at;     // to the hour; "": never
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("name", self.name);
        v("hint", self.hint);
        v("unit", self.unit);
        v("channels", self.channels);
        v("expires_on", self.expires_on);
        v("state", self.state);
        v("created_by", self.created_by);
        v("created_at", self.created_at);
        v("used_at", self.used_at);
    }
};

struct KeysDto {
    std::vector<KeyDto> keys;
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("keys", self.keys); }
};

struct IdentityDto {
    std::string code;
    std::string name;
    std::string contract;
    std::string address;
    std::string channel;      // code of the marketing attribute's channel
    std::string place;        // code of the unit responsible
    std::string place_name;
    std::string statistical;  // code of the statistical attribute
    std::string installed_on;
    std::int32_t version = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("code", self.code);
        v("name", self.name);
        v("contract", self.contract);
        v("address", self.address);
        v("channel", self.channel);
        v("place", self.place);
        v("place_name", self.place_name);
        v("statistical", self.statistical);
        v("installed_on", self.installed_on);
        v("version", self.version);
    }
};

struct IdentitiesDto {
    std::vector<IdentityDto> customers;
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("customers", self.customers, items(100)); }
};

}  // namespace qudao::dto
