// The page.
#include "client/app/app.hpp"
#include "client/widgets/theme.hpp"

int main() {
    // As long as the page.
    static qudao::client::App app;
    qudao::platform::run(app, {.font_url = "fonts/qudao.ttf", .faces = qudao::ui::atlas_faces()});
}
