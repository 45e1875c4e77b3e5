// stb_truetype under the file name Dear ImGui gives it.
#pragma once

#include "imstb_truetype.h"
