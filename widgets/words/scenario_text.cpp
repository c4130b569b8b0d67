// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/scenario_text.h"

#include "widgets/format/contexts.h"

#include <algorithm>
#include <array>

namespace headroom::ui {

namespace {

struct ScenarioText {
    std::string_view id;
    const char* label;
    const char* hint;
};

const char* const roleHint =
    QT_TRANSLATE_NOOP("Scenario", "Number format of these weights, where it is one of their own");

// The one table from ids to words.
const std::array scenarioWords{
    ScenarioText{"batch", QT_TRANSLATE_NOOP("Scenario", "Batch"),
                 QT_TRANSLATE_NOOP("Scenario", "Sequences that are processed at the same time")},
    ScenarioText{"prompt", QT_TRANSLATE_NOOP("Scenario", "Prompt"),
                 QT_TRANSLATE_NOOP("Scenario", "Tokens of one prompt (prefill)")},
    ScenarioText{
        "output", QT_TRANSLATE_NOOP("Scenario", "Output"),
        QT_TRANSLATE_NOOP("Scenario", "Tokens that are generated for one prompt (decode)")},
    ScenarioText{"context", QT_TRANSLATE_NOOP("Scenario", "Context"),
                 QT_TRANSLATE_NOOP(
                     "Scenario", "Tokens in the cache where memory and decode time are measured")},
    ScenarioText{"weights", QT_TRANSLATE_NOOP("Scenario", "Weights"),
                 QT_TRANSLATE_NOOP("Scenario",
                                   "Number format of the weights; after the stroke that of "
                                   "the routed experts")},
    ScenarioText{"attention", QT_TRANSLATE_NOOP("Scenario", "Attention"), roleHint},
    ScenarioText{"feed_forward", QT_TRANSLATE_NOOP("Scenario", "Feed-forward"), roleHint},
    ScenarioText{"experts", QT_TRANSLATE_NOOP("Scenario", "Experts"), roleHint},
    ScenarioText{"shared_experts", QT_TRANSLATE_NOOP("Scenario", "Shared experts"), roleHint},
    ScenarioText{"router", QT_TRANSLATE_NOOP("Scenario", "Router"), roleHint},
    ScenarioText{"norm", QT_TRANSLATE_NOOP("Scenario", "Norms"), roleHint},
    ScenarioText{"embedding", QT_TRANSLATE_NOOP("Scenario", "Embedding"), roleHint},
    ScenarioText{"per_layer_embedding", QT_TRANSLATE_NOOP("Scenario", "Per-layer embedding"),
                 roleHint},
    ScenarioText{"lm_head", QT_TRANSLATE_NOOP("Scenario", "Output head"), roleHint},
    ScenarioText{"other", QT_TRANSLATE_NOOP("Scenario", "Other weights"), roleHint},
    ScenarioText{"kv", QT_TRANSLATE_NOOP("Scenario", "KV"),
                 QT_TRANSLATE_NOOP("Scenario", "Number format of the KV cache")},
    ScenarioText{"device", QT_TRANSLATE_NOOP("Scenario", "Device"),
                 QT_TRANSLATE_NOOP("Scenario", "Kind of device")},
    ScenarioText{"price_per_hour", QT_TRANSLATE_NOOP("Scenario", "Price of a device per hour"),
                 QT_TRANSLATE_NOOP("Scenario", "For the cost of a million tokens; 0: not shown")},
    ScenarioText{"devices", QT_TRANSLATE_NOOP("Scenario", "Number of devices"),
                 QT_TRANSLATE_NOOP("Scenario", "Devices in all, those of every replica")},
    ScenarioText{"tensor_parallel", QT_TRANSLATE_NOOP("Scenario", "TP"),
                 QT_TRANSLATE_NOOP("Scenario",
                                   "Tensor parallel: every layer is split over this many devices")},
    ScenarioText{
        "pipeline_parallel", QT_TRANSLATE_NOOP("Scenario", "PP"),
        QT_TRANSLATE_NOOP("Scenario",
                          "Pipeline parallel: the layers are dealt out to this many stages")},
    ScenarioText{
        "expert_parallel", QT_TRANSLATE_NOOP("Scenario", "EP"),
        QT_TRANSLATE_NOOP("Scenario",
                          "Expert parallel: the experts are dealt out to this many devices")},
};

const ScenarioText* find(std::string_view id) {
    const auto it = std::find_if(scenarioWords.begin(), scenarioWords.end(),
                                 [&](const ScenarioText& entry) { return entry.id == id; });
    return it == scenarioWords.end() ? nullptr : &*it;
}

} // namespace

QString scenarioLabel(std::string_view id) {
    const ScenarioText* entry = find(id);
    return entry == nullptr ? QString() : ScenarioWords::tr(entry->label);
}

QString scenarioHint(std::string_view id) {
    const ScenarioText* entry = find(id);
    return entry == nullptr ? QString() : ScenarioWords::tr(entry->hint);
}

} // namespace headroom::ui
