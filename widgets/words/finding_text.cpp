// SPDX-License-Identifier: GPL-3.0-or-later
// What the core finds, in the window's words: a template for each finding that is better said
// without the field's name, which stands beside it.
#include "widgets/words/field_text.h"

#include "widgets/format/format.h"
#include "widgets/words/sentence_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace headroom::ui {

namespace {

struct Template {
    std::string_view id;
    const char* text; ///< {name}: what the finding's message calls so
};

const std::array templates{
    Template{"range",
             QT_TRANSLATE_NOOP("Findings",
                               "{found} is out of range: expected an integer from {least} to "
                               "{most}.")},
    Template{"kv-heads-divide",
             QT_TRANSLATE_NOOP("Findings",
                               "{found} KV heads cannot share {value} heads evenly: expected a "
                               "divisor of {value}.")},
    Template{"rotary-even",
             QT_TRANSLATE_NOOP("Findings",
                               "{count} rotary dimensions: expected an even number, because "
                               "RoPE turns pairs.")},
    Template{"longrope-factors",
             QT_TRANSLATE_NOOP("Findings",
                               "{factors} LongRoPE factors: expected {pairs}, one for each pair of "
                               "rotary dimensions.")},
    Template{"rope-theta",
             QT_TRANSLATE_NOOP("Findings", "Expected a RoPE base above 0 and a rotated share above "
                                           "0 and up to 1.")},
    Template{"heads-hidden",
             QT_TRANSLATE_NOOP("Findings",
                               "{count} heads: expected a divisor of the hidden size {value}.")},
    Template{"query-scalar", QT_TRANSLATE_NOOP("Findings", "Expected a positive number.")},
    Template{"list-length",
             QT_TRANSLATE_NOOP("Findings",
                               "{count} entries: expected one for each of {layers} layers.")},
    Template{"layer-type",
             QT_TRANSLATE_NOOP("Findings", "{found}: expected full_attention, sliding_attention or "
                                           "chunked_attention.")},
    Template{"window-missing",
             QT_TRANSLATE_NOOP("Findings", "Expected a window, because {layer} slides.")},
    Template{"chunk-missing",
             QT_TRANSLATE_NOOP("Findings", "Expected a chunk, because {layer} is chunked.")},
    Template{
        "kv-shared",
        QT_TRANSLATE_NOOP("Findings",
                          "{found} layers share a cache: expected fewer than all {value} layers.")},
    Template{"kv-shared-source",
             QT_TRANSLATE_NOOP("Findings",
                               "{found} layers share a cache, but layer {layer} has no earlier "
                               "layer of its kind to read from.")},
    Template{"top-k", QT_TRANSLATE_NOOP(
                          "Findings", "{found} experts per token: there are only {most} experts.")},
    Template{
        "groups-divide",
        QT_TRANSLATE_NOOP(
            "Findings", "{found} groups cannot hold {value} experts evenly: expected a divisor.")},
    Template{"topk-group",
             QT_TRANSLATE_NOOP("Findings", "{found} groups per token: expected 1 to {value}.")},
    Template{"group-capacity",
             QT_TRANSLATE_NOOP(
                 "Findings",
                 "{groups} groups of {experts} experts hold fewer than the {needed} experts "
                 "of a token.")},
    Template{"topk-method",
             QT_TRANSLATE_NOOP("Findings", "This family cannot select experts by {found}.")},
    Template{"scoring", QT_TRANSLATE_NOOP("Findings", "This family cannot score by {found}.")},
    Template{"model-type", QT_TRANSLATE_NOOP("Findings", "The family {found} is not supported.")},
    Template{"activation",
             QT_TRANSLATE_NOOP("Findings", "The activation {found} is not supported.")},
};

/// A fix is text for a field: whole numbers are grouped as the locale does.
QString valueText(const std::string& value) {
    const QString text = QString::fromStdString(value);
    bool isNumber = false;
    const qlonglong number = text.toLongLong(&isNumber);
    return isNumber ? format::whole(number) : text;
}

} // namespace

QString findingText(const Finding& finding) {
    const auto it = std::find_if(templates.begin(), templates.end(),
                                 [&](const Template& entry) { return entry.id == finding.id; });
    if (it == templates.end()) {
        return sentenceText(finding.message);
    }
    bool isComplete = true;
    const QString text =
        filled(QCoreApplication::translate("Findings", it->text), [&](const QString& name) {
            const Argument* argument = find_argument(finding.message, name.toStdString());
            isComplete = isComplete && argument != nullptr;
            return argument == nullptr ? QString() : argumentText(*argument);
        });
    // Words that speak of more than the finding says are worse than its own.
    return isComplete ? text : sentenceText(finding.message);
}

QString fixText(const Finding& finding) {
    if (finding.fix_field.empty()) {
        return {};
    }
    const QString value = valueText(finding.fix_value);
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
