// All widgets at once, for the draw files of views.
#pragma once

#include "client/widgets/button.hpp"
#include "client/widgets/chart.hpp"
#include "client/widgets/feedback.hpp"
#include "client/widgets/icon.hpp"
#include "client/widgets/input.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/table.hpp"
#include "client/widgets/text.hpp"
#include "client/widgets/theme.hpp"
#include "client/widgets/tree.hpp"
