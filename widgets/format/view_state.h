// SPDX-License-Identifier: GPL-3.0-or-later
// What the window hands to everything that draws a result: the result, and how it is looked at.
#pragma once

#include "core/study/study.h"

#include <memory>

namespace headroom::ui {

using Snapshot = std::shared_ptr<const StudyResult>;

/// What the window shows besides the result itself; the same for all pages.
struct ViewState {
    int selected = 0;        ///< slot of the design that is being edited
    bool editing = false;    ///< a slider or line is being dragged: axes stay, the release rescales
    bool binaryBytes = true; ///< bytes as KiB, MiB, GiB; otherwise kB, MB, GB
    Snapshot pinned;         ///< what changes are measured against; may be null
};

} // namespace headroom::ui
