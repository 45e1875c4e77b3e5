// The one copy of stb_truetype that the glyph atlas uses; ImGui's own is inside its atlas builder, which is
// never called and so is not linked.
#include "client/platform/stb_truetype.hpp"

#define STB_TRUETYPE_IMPLEMENTATION
#include "imstb_truetype.h"
