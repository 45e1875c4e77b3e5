// What the lines of the table of use cases are made of. For the files that hold the table alone.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/api/use_case.hpp"

namespace qudao::api {

inline constexpr std::int64_t kKb = 1024;
inline constexpr std::int64_t kMb = 1024 * kKb;
inline constexpr std::int64_t kSmallBody = 64 * kKb;
// 200,000 rows: codes and numbers take about 10 MB, notes at most 24 MB (the workbook's limit), quotes and escapes the rest.
inline constexpr std::int64_t kRowsBody = 60 * kMb;

inline UseCase get(std::string_view name, std::string_view path, std::string_view summary, Response (*handle)(Call&), std::string (*response)()) {
    UseCase use_case;
    use_case.name = name;
    use_case.path = path;
    use_case.summary = summary;
    use_case.handle = handle;
    use_case.response_schema = response;
    return use_case;
}

inline UseCase post(std::string_view name, std::string_view path, std::string_view summary, Response (*handle)(Call&), std::string (*request)(),
                    std::string (*response)(), std::int64_t max_body_bytes = kSmallBody) {
    UseCase use_case = get(name, path, summary, handle, response);
    use_case.method = Method::post;
    use_case.request_schema = request;
    use_case.max_body_bytes = max_body_bytes;
    return use_case;
}

inline UseCase needing(Action right, UseCase use_case, int success_status = 200) {
    use_case.admission = Admission::by_right;
    use_case.right = right;
    use_case.success_status = success_status;
    return use_case;
}

// What is one for all, or shows what is of all: a right over a part of the province does not open it.
inline UseCase needing_everywhere(Action right, UseCase use_case, int success_status = 200) {
    use_case = needing(right, use_case, success_status);
    use_case.everywhere = true;
    return use_case;
}

inline UseCase open_to_all(UseCase use_case) {
    use_case.admission = Admission::anyone;
    return use_case;
}

inline UseCase with(UseCase use_case, Method method, int success_status = 200) {
    use_case.method = method;
    use_case.success_status = success_status;
    return use_case;
}

inline UseCase reading(UseCase use_case) {
    use_case.reads = true;
    return use_case;
}

inline UseCase before_password_change(UseCase use_case) {
    use_case.before_password_change = true;
    return use_case;
}

inline UseCase ending_seeing_as(UseCase use_case) {
    use_case.ends_seeing_as = true;
    return use_case;
}

inline UseCase setting_cookie(UseCase use_case) {
    use_case.sets_cookie = true;
    return use_case;
}

inline UseCase by_key(UseCase use_case) {
    use_case.admission = Admission::by_key;
    return use_case;
}

inline UseCase asking(std::span<const std::string_view> query_parameters, UseCase use_case) {
    use_case.query_parameters = query_parameters;
    return use_case;
}

// Parts of the table, in files of their own.
std::vector<UseCase> administration_use_cases();
std::vector<UseCase> feed_use_cases();
std::vector<UseCase> round_use_cases();

}  // namespace qudao::api
