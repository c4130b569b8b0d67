// SPDX-License-Identifier: GPL-3.0-or-later
// What the core finds, in the window's language: one template for each stable id.
#include "widgets/words/field_text.h"

#include "widgets/format/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace headroom::ui {

namespace {

struct Template {
    std::string_view id;
    const char* text; ///< %1, %2, ... are the finding's arguments
};

const std::array templates{
    Template{"gqa-group", QT_TRANSLATE_NOOP("Findings", "%1 query heads share each KV head; common "
                                                        "practice is 4–8.")},
    Template{
        "head-dim-range",
        QT_TRANSLATE_NOOP("Findings", "A head of %1 dimensions; common practice is 64 to 128.")},
    Template{"hidden-multiple",
             QT_TRANSLATE_NOOP("Findings",
                               "Not a multiple of %1: matrix units waste part of their tiles.")},
    Template{"vocab-multiple",
             QT_TRANSLATE_NOOP("Findings", "Not a multiple of %1; padding it costs little and "
                                           "speeds up the output product.")},
    Template{"ffn-ratio",
             QT_TRANSLATE_NOOP("Findings", "The feed-forward is %1 times as wide as the model; "
                                           "common practice is 2.7 to 5.4.")},
    Template{"window-idle",
             QT_TRANSLATE_NOOP("Findings",
                               "The window is as long as the longest context: it saves nothing.")},
    Template{"no-global-layer", QT_TRANSLATE_NOOP("Findings", "No layer sees the whole context.")},
    Template{"moe-layer-freq",
             QT_TRANSLATE_NOOP("Findings",
                               "Two readings differ: the model's own code gives experts to every "
                               "%1th layer, which is what is counted here; transformers ignores "
                               "the field and gives them to every layer from "
                               "first_k_dense_replace on.")},
    Template{"no-expert-layer", QT_TRANSLATE_NOOP("Findings", "No layer has experts.")},
    Template{
        "all-experts",
        QT_TRANSLATE_NOOP("Findings", "Every token uses every expert: the mixture saves no work.")},
    Template{"range",
             QT_TRANSLATE_NOOP("Findings", "%1 is out of range: expected an integer from %2 to "
                                           "%3.")},
    Template{"kv-heads-divide",
             QT_TRANSLATE_NOOP("Findings", "%1 KV heads cannot share %2 heads evenly: expected a "
                                           "divisor of %2.")},
    Template{"rotary-even",
             QT_TRANSLATE_NOOP("Findings", "%1 rotary dimensions: expected an even number, because "
                                           "RoPE turns pairs.")},
    Template{"longrope-factors",
             QT_TRANSLATE_NOOP("Findings", "%1 LongRoPE factors: expected %2, one for each pair of "
                                           "rotary dimensions.")},
    Template{"rope-theta",
             QT_TRANSLATE_NOOP("Findings", "Expected a RoPE base above 0 and a rotated share above "
                                           "0 and up to 1.")},
    Template{"heads-hidden",
             QT_TRANSLATE_NOOP("Findings", "%1 heads: expected a divisor of the hidden size %2.")},
    Template{"query-scalar", QT_TRANSLATE_NOOP("Findings", "Expected a positive number.")},
    Template{"list-length",
             QT_TRANSLATE_NOOP("Findings", "%1 entries: expected one for each of %2 layers.")},
    Template{"layer-type",
             QT_TRANSLATE_NOOP("Findings", "%1: expected full_attention, sliding_attention or "
                                           "chunked_attention.")},
    Template{"window-missing",
             QT_TRANSLATE_NOOP("Findings", "Expected a window, because %1 slides.")},
    Template{"chunk-missing",
             QT_TRANSLATE_NOOP("Findings", "Expected a chunk, because %1 is chunked.")},
    Template{"kv-shared",
             QT_TRANSLATE_NOOP("Findings",
                               "%1 layers share a cache: expected fewer than all %2 layers.")},
    Template{"kv-shared-source",
             QT_TRANSLATE_NOOP("Findings", "%1 layers share a cache, but layer %2 has no earlier "
                                           "layer of its kind to read from.")},
    Template{"top-k",
             QT_TRANSLATE_NOOP("Findings", "%1 experts per token: there are only %2 experts.")},
    Template{"groups-divide",
             QT_TRANSLATE_NOOP("Findings",
                               "%1 groups cannot hold %2 experts evenly: expected a divisor.")},
    Template{"topk-group", QT_TRANSLATE_NOOP("Findings", "%1 groups per token: expected 1 to %2.")},
    Template{"group-capacity",
             QT_TRANSLATE_NOOP("Findings", "%1 groups of %2 experts hold fewer than the %3 experts "
                                           "of a token.")},
    Template{"topk-method",
             QT_TRANSLATE_NOOP("Findings", "This family cannot select experts by %1.")},
    Template{"scoring", QT_TRANSLATE_NOOP("Findings", "This family cannot score by %1.")},
    Template{"learned-positions",
             QT_TRANSLATE_NOOP("Findings", "The workload has %1 tokens; there are only %2 learned "
                                           "positions.")},
    Template{"model-type", QT_TRANSLATE_NOOP("Findings", "The family %1 is not supported.")},
    Template{"activation", QT_TRANSLATE_NOOP("Findings", "The activation %1 is not supported.")},
};

/// Whole numbers are grouped as the locale does; other arguments stay as they are.
QString argumentText(const std::string& argument) {
    const QString text = QString::fromStdString(argument);
    bool isNumber = false;
    const qlonglong number = text.toLongLong(&isNumber);
    return isNumber ? format::plain(static_cast<double>(number), 0) : text;
}

} // namespace

QString findingText(const Finding& finding) {
    const auto it = std::find_if(templates.begin(), templates.end(),
                                 [&](const Template& entry) { return entry.id == finding.id; });
    if (it == templates.end()) {
        return QString::fromStdString(finding.message);
    }
    QString text = QCoreApplication::translate("Findings", it->text);
    for (std::size_t i = finding.arguments.size(); i > 0; --i) {
        text.replace(u'%' + QString::number(i), argumentText(finding.arguments[i - 1]));
    }
    // A template that speaks of more than the finding says is worse than plain English.
    return text.contains(u'%') ? QString::fromStdString(finding.message) : text;
}

QString fixText(const Finding& finding) {
    if (finding.fix_field.empty()) {
        return {};
    }
    const QString value = argumentText(finding.fix_value);
    if (finding.fix_field == fieldOfFinding(finding)) {
        return QCoreApplication::translate("Findings", "Set to %1").arg(value);
    }
    return QCoreApplication::translate("Findings", "Set %1 to %2", "%1 is a field's name")
        .arg(fieldLabel(finding.fix_field), value);
}

std::string fieldOfFinding(const Finding& finding) {
    return finding.field.substr(0, finding.field.find('['));
}

} // namespace headroom::ui
