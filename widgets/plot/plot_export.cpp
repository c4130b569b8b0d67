// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/plot_export.h"

#include "widgets/format/contexts.h"
#include "widgets/plot/plot_canvas.h"
#include "widgets/plot/plot_table.h"
#include "widgets/theme/theme.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>
#include <memory>

namespace headroom::ui {

namespace {

constexpr int screenDpi = 96;
constexpr int largestSide = 30000; ///< of an image, in pixels

/// A canvas of its own, so that the one on screen neither flickers nor changes.
std::unique_ptr<PlotCanvas> makeCanvas(const PlotData& data, const ExportOptions& options) {
    auto canvas = std::make_unique<PlotCanvas>();
    canvas->setBufferDevicePixelRatio(1.0);
    canvas->resize(options.size);
    canvas->setViewport(QRect(QPoint(0, 0), options.size));
    canvas->setExporting(true);
    canvas->setTokens(options.dark ? darkTokens() : lightTokens());
    canvas->setHiddenIds(options.hidden);
    canvas->setPlotData(data, {});
    canvas->replot(QCustomPlot::rpImmediateRefresh);
    return canvas;
}

QByteArray pngBytes(const PlotData& data, const ExportOptions& options) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImage image = renderPlotImage(data, options);
    const double perMetre = options.dpi / 0.0254;
    image.setDotsPerMeterX(static_cast<int>(std::lround(perMetre)));
    image.setDotsPerMeterY(static_cast<int>(std::lround(perMetre)));
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray svgBytes(const PlotData& data, const ExportOptions& options) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const auto canvas = makeCanvas(data, options);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(screenDpi);
    generator.setSize(options.size);
    generator.setViewBox(QRect(QPoint(0, 0), options.size));
    generator.setTitle(data.title);
    generator.setDescription(data.subtitle);
    QCPPainter painter;
    painter.begin(&generator);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.fillRect(QRect(QPoint(0, 0), options.size), canvas->state().tokens.panel);
    canvas->toPainter(&painter, options.size.width(), options.size.height());
    painter.end();
    return bytes;
}

QByteArray pdfBytes(const PlotData& data, const ExportOptions& options) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const auto canvas = makeCanvas(data, options);
    QPdfWriter writer(&buffer);
    writer.setResolution(screenDpi);
    writer.setTitle(data.title);
    writer.setCreator(QCoreApplication::applicationName());
    writer.setPageMargins(QMarginsF());
    writer.setPageSize(QPageSize(QSizeF(options.size) * 72.0 / screenDpi, QPageSize::Point,
                                 QString(), QPageSize::ExactMatch));
    QCPPainter painter;
    if (!painter.begin(&writer)) {
        return {};
    }
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.fillRect(QRect(QPoint(0, 0), options.size), canvas->state().tokens.panel);
    canvas->toPainter(&painter, options.size.width(), options.size.height());
    painter.end();
    return bytes;
}

} // namespace

QSize exportPixelSize(const ExportOptions& options) {
    const double scale = static_cast<double>(options.dpi) / screenDpi;
    return {static_cast<int>(std::lround(options.size.width() * scale)),
            static_cast<int>(std::lround(options.size.height() * scale))};
}

QImage renderPlotImage(const PlotData& data, const ExportOptions& options) {
    const auto canvas = makeCanvas(data, options);
    const QSize pixels = exportPixelSize(options);
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(canvas->state().tokens.panel);
    QCPPainter painter(&image);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.scale(static_cast<double>(pixels.width()) / options.size.width(),
                  static_cast<double>(pixels.height()) / options.size.height());
    painter.setMode(QCPPainter::pmNoCaching);
    canvas->toPainter(&painter, options.size.width(), options.size.height());
    painter.end();
    return image;
}

QByteArray renderPlotBytes(const PlotData& data, const ExportOptions& options, QString* error) {
    const auto fail = [error](const QString& message) {
        if (error != nullptr) {
            *error = message;
        }
        return QByteArray();
    };
    if (options.format == ExportFormat::Csv) {
        return plotCsv(data, options.hidden).toUtf8();
    }
    if (options.size.width() < 100 || options.size.height() < 80 || options.dpi < 24 ||
        options.dpi > 2400) {
        return fail(
            PlotWords::tr("size %1 × %2 at %3 dpi is too small or the dpi is out of 24 to 2400; "
                          "the least size is 100 × 80")
                .arg(options.size.width())
                .arg(options.size.height())
                .arg(options.dpi));
    }
    const QSize pixels = exportPixelSize(options);
    if (pixels.width() > largestSide || pixels.height() > largestSide ||
        static_cast<qint64>(pixels.width()) * pixels.height() > 400'000'000) {
        return fail(PlotWords::tr("%1 × %2 pixels is too large an image; lower the size or the dpi")
                        .arg(pixels.width())
                        .arg(pixels.height()));
    }
    QByteArray bytes;
    switch (options.format) {
    case ExportFormat::Png:
        bytes = pngBytes(data, options);
        break;
    case ExportFormat::Svg:
        bytes = svgBytes(data, options);
        break;
    case ExportFormat::Pdf:
        bytes = pdfBytes(data, options);
        break;
    case ExportFormat::Csv:
        break;
    }
    return bytes.isEmpty() ? fail(PlotWords::tr("the chart could not be drawn")) : bytes;
}

bool renderPlot(const PlotData& data, const ExportOptions& options, QString* error) {
    const QByteArray bytes = renderPlotBytes(data, options, error);
    if (bytes.isEmpty()) {
        return false;
    }
    QSaveFile file(options.path);
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    if (!written && error != nullptr) {
        *error = QStringLiteral("%1: %2").arg(options.path, file.errorString());
    }
    return written;
}

ExportFormat exportFormatForPath(const QString& path, bool* ok) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    for (const ExportFormat format :
         {ExportFormat::Png, ExportFormat::Svg, ExportFormat::Pdf, ExportFormat::Csv}) {
        if (suffix == exportSuffix(format)) {
            if (ok != nullptr) {
                *ok = true;
            }
            return format;
        }
    }
    if (ok != nullptr) {
        *ok = false;
    }
    return ExportFormat::Png;
}

QString exportSuffix(ExportFormat format) {
    switch (format) {
    case ExportFormat::Png:
        return QStringLiteral("png");
    case ExportFormat::Svg:
        return QStringLiteral("svg");
    case ExportFormat::Pdf:
        return QStringLiteral("pdf");
    case ExportFormat::Csv:
        return QStringLiteral("csv");
    }
    return {};
}

} // namespace headroom::ui
