// SPDX-License-Identifier: GPL-3.0-or-later
// Export of a chart to PNG, SVG, PDF or CSV, without a window and without touching the screen.
#pragma once

#include "widgets/plot/plot_data.h"

#include <QByteArray>
#include <QImage>
#include <QSet>
#include <QSize>
#include <QString>

namespace headroom::ui {

enum class ExportFormat { Png, Svg, Pdf, Csv };

struct ExportOptions {
    QString path;
    ExportFormat format = ExportFormat::Png;
    QSize size{960, 600}; ///< logical pixels at 96 dpi
    int dpi = 192;        ///< PNG pixels = size * dpi / 96
    bool dark = false;
    QSet<QString> hidden; ///< ids of series that are not drawn
};

/// The pixel size of the PNG that `options` gives.
[[nodiscard]] QSize exportPixelSize(const ExportOptions& options);

/// Draws the chart with title and legend into an image of exportPixelSize(). Needs a QApplication.
[[nodiscard]] QImage renderPlotImage(const PlotData& data, const ExportOptions& options);

/// The bytes of the file; empty with `error` set on failure.
[[nodiscard]] QByteArray renderPlotBytes(const PlotData& data, const ExportOptions& options,
                                         QString* error);

/// Writes options.path in one piece (QSaveFile); false with `error` set on failure.
bool renderPlot(const PlotData& data, const ExportOptions& options, QString* error);

/// From a file name's ending; PNG when it says nothing. `ok` tells whether the ending was known.
[[nodiscard]] ExportFormat exportFormatForPath(const QString& path, bool* ok = nullptr);
/// "png", "svg", "pdf", "csv".
[[nodiscard]] QString exportSuffix(ExportFormat format);

} // namespace headroom::ui
