#include "shared/domain/password_policy.hpp"

#include <algorithm>

#include "common_passwords.inc"
#include "shared/base/text.hpp"

namespace qudao {
namespace {

// A password of twelve characters that is common is made of these: words that head every published list of leaked
// passwords, in English and in pinyin, with digits or signs around them. Own selection; longest match counts.
constexpr std::string_view kCommonWords[] = {
    "password", "passwort", "passw0rd", "passwd", "pass", "admin", "administrator", "root", "user", "guest", "test", "demo", "login", "welcome",
    "letmein", "changeme", "default", "secret", "master", "super", "system", "manager", "service", "server", "oracle", "mysql", "database", "public",
    "private", "computer", "internet", "network", "telecom", "qudao", "china", "chinatelecom", "guangxi", "nanning", "liuzhou", "guilin", "beijing", "shanghai",
    "iloveyou", "loveyou", "love", "lovely", "princess", "sunshine", "football", "baseball", "basketball", "monkey", "dragon", "shadow", "michael", "jordan",
    "superman", "batman", "pokemon", "starwars", "whatever", "freedom", "trustno1", "hello", "world", "flower", "summer", "winter", "spring", "autumn",
    "monday", "friday", "january", "december", "google", "facebook", "qq", "wechat", "weixin", "alipay", "taobao", "baidu", "huawei", "zte",
    "woaini", "wo", "aini", "aiwo", "mima", "nihao", "woshi", "zhongguo", "dianxin", "kehu", "jingli", "guanli", "yonghu", "wangluo",
    "woaiwojia", "wodemima", "buzhidao", "laopo", "laogong", "baobei", "baobao", "xiaoming", "xiaohong", "xiaoxiao", "xiaofang", "liming", "lihua", "lina", "zhangwei", "wangwei",
    "zhanghao", "wangfang", "liwei", "jiajia", "tianya", "dearbook", "aptx4869", "correcthorsebatterystaple", "unbelievable", "manchesterunited", "backstreetboys", "thequickbrownfox", "onceuponatime", "zhang", "wang", "zhao", "chen", "liu", "yang", "huang", "abc", "abcd", "xyz", "qwe", "asd",
    "zxc", "iop", "jkl", "bnm", "520", "521", "1314", "168"};

// Neighbours on a keyboard or in the alphabet: three or more in a row are a run, either way.
constexpr std::string_view kRuns[] = {"01234567890",    "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
                                    "qazwsxedcrfvtgbyhnujm", "147258369", "741852963", "!@#$%^&*()_+", "1q2w3e4r5t6y7u8i9o0p",
                                    "q1w2e3r4t5y6u7i8o9p0", "a1s2d3f4g5h6j7k8l9", "1a2s3d4f5g6h7j8k9l", "1a2b3c4d5e6f7g8h9i0j", "a1b2c3d4e5f6g7h8i9j0"};

char folded(char c) {
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c + ('a' - 'A'));
    return c;
}
// What is written for a letter: p@ssw0rd.
char plain(char c) {
    switch (c) {
        case '@': return 'a';
        case '0': return 'o';
        case '1': return 'l';
        case '3': return 'e';
        case '4': return 'a';
        case '5': return 's';
        case '7': return 't';
        case '$': return 's';
        case '!': return 'i';
        default: return c;
    }
}
std::string mapped(std::string_view text, char (*map)(char)) {
    std::string out(text);
    for (char& c : out) c = map(c);
    return out;
}

std::size_t common_word_at(std::string_view text, std::size_t at) {
    std::size_t longest = 0;
    for (const std::string_view word : kCommonWords)
        if (word.size() > longest && text.substr(at, word.size()) == word) longest = word.size();
    return longest;
}

std::size_t run_at(std::string_view text, std::size_t at) {
    std::size_t longest = 0;
    for (const std::string_view run : kRuns) {
        for (const bool forward : {true, false}) {
            for (std::size_t start = 0; start < run.size(); ++start) {
                std::size_t length = 0;
                std::size_t where = start;
                while (at + length < text.size() && text[at + length] == run[where]) {
                    ++length;
                    if (forward ? where + 1 == run.size() : where == 0) break;
                    where = forward ? where + 1 : where - 1;
                }
                longest = std::max(longest, length);
            }
        }
    }
    return longest >= 3 ? longest : 0;
}

// "aaaa", "abab", "abcabc": how many bytes from here repeat what stands right before them.
std::size_t repetition_at(std::string_view text, std::size_t at) {
    std::size_t longest = 0;
    for (std::size_t period = 1; period <= at && period <= text.size() / 2; ++period) {
        std::size_t length = 0;
        while (at + length < text.size() && text[at + length] == text[at + length - period]) ++length;
        if (length >= period && (period > 1 || length >= 2)) longest = std::max(longest, length);
    }
    return longest;
}

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    return end - at;
}

// Characters, each stretch that anybody would guess counted as one. Digits in a row are years, dates and telephone numbers:
// three of them count as one.
std::size_t substance_of(std::string_view text, std::string_view lettered) {
    std::size_t substance = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t digits = digits_at(text, at); digits >= 3 && run_at(text, at) < digits && repetition_at(text, at) < digits) {
            substance += (digits + 2) / 3;
            at += digits;
            continue;
        }
        const std::size_t stretch =
            std::max({common_word_at(text, at), common_word_at(lettered, at), run_at(text, at), repetition_at(text, at), std::size_t{1}});
        const bool inside_character = (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
        if (!inside_character) ++substance;
        at += stretch;
    }
    return substance;
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Whether the text is a line of the list, in which lines are sorted by their bytes.
bool is_listed(std::string_view text) {
    constexpr std::string_view kList(kCommonPasswords, sizeof kCommonPasswords - 1);
    std::size_t first = 0;
    std::size_t last = kList.size();
    while (first < last) {
        const std::size_t middle = first + (last - first) / 2;
        const std::size_t break_before = middle == 0 ? std::string_view::npos : kList.rfind('\n', middle - 1);
        const std::size_t begin = break_before == std::string_view::npos ? 0 : break_before + 1;
        const std::size_t end = kList.find('\n', middle);
        const std::string_view line = kList.substr(begin, end - begin);
        if (line == text) return true;
        if (line < text) first = end + 1;
        else last = begin;
    }
    return false;
}

bool is_word(std::string_view text) {
    return is_listed(text) || std::find(std::begin(kCommonWords), std::end(kCommonWords), text) != std::end(kCommonWords);
}

// One of the list; two of them, with digits and signs between; or one again and again.
bool is_made_of_listed(std::string_view text) {
    constexpr std::size_t kFewest = 3;
    if (is_word(text)) return true;
    for (std::size_t at = kFewest; at < text.size(); ++at) {
        if (!is_word(text.substr(0, at))) continue;
        std::size_t next = at;
        while (next < text.size() && !is_letter(text[next])) ++next;
        if (text.size() - next >= kFewest && is_word(text.substr(next))) return true;
        // Again and again, the last time perhaps cut short by what was taken off the end.
        const std::string_view once = text.substr(0, next);
        std::size_t same = next;
        while (same < text.size() && text[same] == once[same % once.size()]) ++same;
        if (same == text.size()) return true;
    }
    return false;
}

// A password of the list, or two joined, whatever digits and signs stand around it and whichever are written for letters.
bool is_common(std::string_view password) {
    const std::string text = mapped(password, folded);
    const auto first = std::find_if(text.begin(), text.end(), is_letter);
    const auto last = std::find_if(text.rbegin(), text.rend(), is_letter).base();
    if (first == text.end()) return false;  // password_substance knows digits
    const std::string_view core(&*first, static_cast<std::size_t>(last - first));
    const std::string_view from_start(text.data(), static_cast<std::size_t>(last - text.begin()));
    const std::string lettered = mapped(text, plain);
    const auto first_lettered = std::find_if(lettered.begin(), lettered.end(), is_letter);
    const auto last_lettered = std::find_if(lettered.rbegin(), lettered.rend(), is_letter).base();
    return is_made_of_listed(core) || is_made_of_listed(mapped(core, plain)) || is_made_of_listed(mapped(from_start, plain)) ||
           is_made_of_listed(std::string_view(&*first_lettered, static_cast<std::size_t>(last_lettered - first_lettered)));
}

bool is_personal(std::string_view password, std::string_view own) {
    if (count_code_points(own) < 2) return false;
    std::string rest = mapped(password, folded);
    const std::string part = mapped(own, folded);
    bool found = false;
    for (std::size_t at = rest.find(part); at != std::string::npos; at = rest.find(part)) {
        rest.erase(at, part.size());
        found = true;
    }
    return found && password_substance(rest) < 8;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

constexpr std::size_t kLeastSubstance = 7;

}  // namespace

std::size_t password_substance(std::string_view password) {
    const std::string text = mapped(password, folded);
    return substance_of(text, mapped(text, plain));
}

Status check_password(std::string_view password, std::string_view login, std::string_view name) {
    if (!is_valid_utf8(password) || has_control(password)) return Error::of("people.password_text");
    if (count_code_points(password) < kShortestPassword) return Error::of("people.password_short").with("least", kShortestPassword);
    if (password.size() > kLongestPasswordBytes) return Error::of("people.password_long").with("most", static_cast<std::int64_t>(kLongestPasswordBytes));
    if (password_substance(password) < kLeastSubstance) return Error::of("people.password_common");
    if (is_personal(password, login) || is_personal(password, name)) return Error::of("people.password_personal");
    if (is_common(password)) return Error::of("people.password_common");
    return done();
}

}  // namespace qudao
