// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of validations: predicted curves with their bands, measured points with their quartiles.
#pragma once

#include "core/validation/validation.h"
#include "widgets/plot/plot_data.h"

#include <QVector>

#include <memory>

namespace headroom::ui {

enum class ValidationChart {
    PrefillTime,     ///< against the prompt's length
    DecodeTime,      ///< of one token, against context
    StepTime,        ///< against the tokens of a step, after the longest prompt
    KvBytes,         ///< against context
    DistinctExperts, ///< against tokens
    ExpertLoad,      ///< bars, one for each expert
};
inline constexpr int validationChartCount = 6;

/// A run in the colour of its design.
struct DrawnValidation {
    int slot = 0;
    std::shared_ptr<const ValidationReport> report;
    QString name;       ///< what its curves are called beside those of other runs
    bool again = false; ///< a further run of a design that is drawn already: dotted, hollow
};

/// The first run is the one that titles speak of; ExpertLoad draws it alone, in `layer` (an index
/// into its loads).
[[nodiscard]] PlotData validationChart(ValidationChart chart, const QVector<DrawnValidation>& runs,
                                       bool binaryBytes, int layer = 0);

} // namespace headroom::ui
