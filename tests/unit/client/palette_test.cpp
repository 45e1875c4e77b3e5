#include <catch2/catch.hpp>

#include <array>
#include <cmath>

#include "client/widgets/palette.hpp"

using namespace qudao::ui;

namespace {

struct Linear {
    double r = 0, g = 0, b = 0;
};

double linear(std::uint32_t byte) {
    const double c = byte / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
Linear linear_of(Colour c) { return {linear(c & 0xFF), linear((c >> 8) & 0xFF), linear((c >> 16) & 0xFF)}; }
double lightness(const Linear& c) { return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b; }

// WCAG 2: the ratio of two colours' luminances.
double contrast(Colour a, Colour b) {
    const double x = lightness(linear_of(a)) + 0.05, y = lightness(linear_of(b)) + 0.05;
    return x > y ? x / y : y / x;
}

// What people without one kind of cone see, by Viénot, Brettel and Mollon (1999), full severity, in linear RGB.
enum class Sight { usual, no_red, no_green, no_blue };
Linear seen(const Linear& c, Sight sight) {
    switch (sight) {
        case Sight::usual: return c;
        case Sight::no_red: return {0.11238 * c.r + 0.88762 * c.g, 0.11238 * c.r + 0.88762 * c.g, 0.00401 * c.r - 0.00401 * c.g + c.b};
        case Sight::no_green: return {0.29275 * c.r + 0.70725 * c.g, 0.29275 * c.r + 0.70725 * c.g, -0.02234 * c.r + 0.02234 * c.g + c.b};
        case Sight::no_blue: return {c.r + 0.14461 * c.g - 0.14461 * c.b, 0.85924 * c.g + 0.14076 * c.b, 0.85924 * c.g + 0.14076 * c.b};
    }
    return c;
}

// Distance in CIE L*a*b*; 10 is seen at a glance.
std::array<double, 3> lab(const Linear& c) {
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124 * c.r + 0.3576 * c.g + 0.1805 * c.b) / 0.9505), y = f(lightness(c));
    const double z = f((0.0193 * c.r + 0.1192 * c.g + 0.9505 * c.b) / 1.089);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}
double difference(Colour a, Colour b, Sight sight) {
    const auto p = lab(seen(linear_of(a), sight)), q = lab(seen(linear_of(b), sight));
    return std::sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) + (p[2] - q[2]) * (p[2] - q[2]));
}

constexpr std::array kSchemes{Scheme::light, Scheme::dark};
constexpr std::array kTones{Tone::neutral, Tone::accent, Tone::good, Tone::warn, Tone::bad};
constexpr std::array kSights{Sight::usual, Sight::no_red, Sight::no_green, Sight::no_blue};

}  // namespace

TEST_CASE("words can be read in both schemes") {
    for (const Scheme scheme : kSchemes) {
        const Colours& c = colours_in(scheme);
        CAPTURE(static_cast<int>(scheme));
        for (const Colour ground : {c.page, c.surface, c.raised, c.sunken, c.hover, c.selected}) {
            CHECK(contrast(c.text, ground) >= 7);
            CHECK(contrast(c.text_muted, ground) >= 4.5);
            CHECK(contrast(c.text_faint, ground) >= 4.5);   // counts and placeholders are read as well
        }
        for (const Tone tone : kTones) {
            CAPTURE(static_cast<int>(tone));
            const ToneColours& t = tone_in(c, tone);
            CHECK(contrast(t.text, c.surface) >= 4.5);
            CHECK(contrast(t.text, t.soft) >= 4.5);
            CHECK(contrast(c.text, t.soft) >= 7);
        }
        CHECK(contrast(c.accent.text, c.selected) >= 4.5);   // the icon of what is chosen
        CHECK(contrast(c.text_on_solid, c.accent.solid) >= 4.5);
        CHECK(contrast(c.text_on_solid, c.bad.solid) >= 4.5);
        CHECK(contrast(c.nav_text, c.nav) >= 7);
        CHECK(contrast(c.nav_text_muted, c.nav) >= 4.5);
        CHECK(contrast(c.text_on_solid, c.nav_selected) >= 4.5);
        CHECK(contrast(c.strip_text, c.strip) >= 7);
        CHECK(contrast(c.tooltip_text, c.tooltip) >= 7);
        CHECK(contrast(c.focus_ring, c.surface) >= 3);
    }
}

TEST_CASE("verdicts are told apart by everybody") {
    constexpr std::array kVerdicts{Verdict::moved, Verdict::unchanged, Verdict::refused, Verdict::kept};
    for (const Scheme scheme : kSchemes)
        for (const Sight sight : kSights)
            for (std::size_t a = 0; a < kVerdicts.size(); ++a)
                for (std::size_t b = a + 1; b < kVerdicts.size(); ++b) {
                    CAPTURE(static_cast<int>(scheme), static_cast<int>(sight), a, b);
                    const Colours& c = colours_in(scheme);
                    CHECK(difference(tone_in(c, tone_of(kVerdicts[a])).solid, tone_in(c, tone_of(kVerdicts[b])).solid, sight) >= 10);
                }
}

TEST_CASE("neighbours in a chart are told apart by everybody, and stand out from their ground") {
    for (const Scheme scheme : kSchemes) {
        const Colours& c = colours_in(scheme);
        for (std::size_t i = 0; i < kSeriesColours; ++i) {
            CAPTURE(static_cast<int>(scheme), i);
            CHECK(contrast(c.series[i], c.surface) >= 2.5);
            for (const Sight sight : kSights) {
                CAPTURE(static_cast<int>(sight));
                CHECK(difference(c.series[i], c.series[(i + 1) % kSeriesColours], sight) >= 10);
            }
        }
    }
}

TEST_CASE("a compact screen is smaller in every size that takes room") {
    const Sizes& wide = sizes_in(Density::comfortable);
    const Sizes& tight = sizes_in(Density::compact);
    CHECK(tight.row_height < wide.row_height);
    CHECK(tight.control_height < wide.control_height);
    CHECK(tight.gap_l < wide.gap_l);
    CHECK(tight.space < wide.space);
    CHECK(tight.row_height >= 24);  // what a finger and a screen reader's focus still need
}

TEST_CASE("a look is kept as text and read whatever stands there") {
    for (const SchemeChoice scheme : {SchemeChoice::system, SchemeChoice::light, SchemeChoice::dark})
        for (const Density density : {Density::comfortable, Density::compact}) {
            const Look look{scheme, density};
            CHECK(look_in(to_text(look)) == look);
        }
    CHECK(look_in("") == Look{});
    CHECK(look_in("purple tiny") == Look{});
    CHECK(scheme_of(look_in(""), true) == Scheme::dark);
    CHECK(scheme_of(look_in(""), false) == Scheme::light);
    CHECK(scheme_of(look_in("light comfortable"), true) == Scheme::light);
}
