// SPDX-License-Identifier: GPL-3.0-or-later
// Words for what a design is: the kind of its attention, its feed-forward, its layers.
#pragma once

#include "core/config/layer_spec.h"

#include <QString>

namespace headroom::ui {

/// "sliding window 1,024"; empty where a layer sees everything.
[[nodiscard]] QString spanText(const AttentionSpan& span);

/// "grouped-query", "multi-head", "multi-query", "multi-head latent", "dense", "experts"
[[nodiscard]] QString subLayerKindText(const SubLayerKind& kind);

/// Of a whole design, with its window: "grouped-query, sliding window 1,024".
[[nodiscard]] QString attentionKindText(const ModelSpec& spec);

/// What the cache is made of, as a chart's title names it: "MLA", "4 KV heads". Empty where layers
/// differ in it.
[[nodiscard]] QString cacheKindText(const ModelSpec& spec);

/// Two lines of a diagram: "Grouped-query attention" and "64 heads · 4 KV heads · 128 each".
struct BlockText {
    QString title;
    QString detail;
    QString position; ///< of attention: its rotary embedding; empty without one
};
[[nodiscard]] BlockText subLayerBlock(const SubLayerKind& kind);
[[nodiscard]] QString normText(const NormSpec& norm);

} // namespace headroom::ui
