// SPDX-License-Identifier: GPL-3.0-or-later
// The chapters of the translation for words that no class owns: ChartWords::tr("...").
#pragma once

#include <QCoreApplication>

namespace headroom::ui {

/// Titles, axes, marks and sentences of the charts.
struct ChartWords {
    Q_DECLARE_TR_FUNCTIONS(Charts)
};

/// A layer's kind in a few words: "grouped-query attention".
struct SpecificationWords {
    Q_DECLARE_TR_FUNCTIONS(Specification)
};

/// Names and explanations of a design's fields.
struct FieldWords {
    Q_DECLARE_TR_FUNCTIONS(Fields)
};

/// Names and explanations of a scenario's fields.
struct ScenarioWords {
    Q_DECLARE_TR_FUNCTIONS(Scenario)
};

/// Units, orders of magnitude, ratios.
struct FormatWords {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

/// What a design consists of, told in lines.
struct StructureWords {
    Q_DECLARE_TR_FUNCTIONS(Structure)
};

/// The plot as a thing: its readout, its table, its files.
struct PlotWords {
    Q_DECLARE_TR_FUNCTIONS(PlotView)
};

/// What goes wrong with files, and what was done about it.
struct SessionWords {
    Q_DECLARE_TR_FUNCTIONS(Session)
};

/// Predicted beside measured.
struct ValidationWords {
    Q_DECLARE_TR_FUNCTIONS(Validation)
};

} // namespace headroom::ui
