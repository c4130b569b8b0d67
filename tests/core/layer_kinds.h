// SPDX-License-Identifier: GPL-3.0-or-later
// The sub-layer of a kind that a test is about.
#pragma once

#include "core/config/layer_spec.h"

#include <QTest>

/// The first of that kind; null: the layer has none.
template <class Kind>
const Kind* find_kind(const headroom::LayerSpec& layer) {
    for (const headroom::SubLayer& sub : layer.sub_layers) {
        if (const auto* found = std::get_if<Kind>(&sub.kind)) {
            return found;
        }
    }
    return nullptr;
}

/// The same where there must be one.
template <class Kind>
const Kind& get_kind(const headroom::LayerSpec& layer) {
    const Kind* found = find_kind<Kind>(layer);
    if (found == nullptr) {
        qFatal("the layer has no sub-layer of that kind");
    }
    return *found;
}
