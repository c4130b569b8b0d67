// SPDX-License-Identifier: GPL-3.0-or-later
// Sample charts for the gallery and the tests of the widgets.
#pragma once

#include "widgets/plot/plot_data.h"

#include <cmath>

namespace headroom::ui::sample {

inline PlotSeries kvLine(int slot, const QString& label, double bytesPerToken) {
    PlotSeries series;
    series.id = QString(QChar(u'A' + slot));
    series.letter = series.id;
    series.label = label;
    series.color = PlotColor::design(slot);
    for (int i = 0; i <= 196; ++i) {
        const double tokens = std::round(1024.0 * std::pow(2.0, i / 28.0));
        series.x.append(tokens);
        series.y.append(tokens * bytesPerToken);
    }
    return series;
}

/// The mock-up's chart: KV cache against context, log x.
inline PlotData memory() {
    PlotData data;
    data.title = QStringLiteral("MLA keeps 2.7× less per token than 4 KV heads");
    data.subtitle = QStringLiteral("KV cache of one sequence, bf16");
    data.x.title = QStringLiteral("Context length");
    data.x.quantity = Quantity::Tokens;
    data.x.logarithmic = true;
    data.y.title = QStringLiteral("KV cache per sequence");
    data.y.quantity = Quantity::BytesBinary;
    data.series = {kvLine(0, QStringLiteral("Qwen3-235B-A22B"), 192512.0),
                   kvLine(1, QStringLiteral("DeepSeek-V3"), 70272.0)};
    PlotSeries ghost = kvLine(0, QStringLiteral("before the edit: 16 KV heads"), 770048.0);
    ghost.id = QStringLiteral("ghost:A");
    ghost.ghost = true;
    data.series.append(ghost);
    PlotLine limit;
    limit.id = QStringLiteral("device");
    limit.value = 18.0 * 1024 * 1024 * 1024;
    limit.label = QStringLiteral("left on 8 × H200 at batch 32: 18.0 GiB per sequence");
    limit.draggable = true;
    data.lines = {limit};
    return data;
}

/// Four designs whose curves end close together.
inline PlotData crowded() {
    PlotData data = memory();
    data.title = QStringLiteral("Four designs within 12% of each other");
    data.lines.clear();
    data.series = {kvLine(0, QStringLiteral("Qwen3-32B"), 262144.0),
                   kvLine(1, QStringLiteral("Llama-3.1-70B"), 270000.0),
                   kvLine(2, QStringLiteral("Mistral-Large"), 281000.0),
                   kvLine(3, QStringLiteral("Qwen2.5-72B"), 293000.0)};
    data.x.logarithmic = false;
    return data;
}

/// Predicted line with a band, measured points with error bars, both axes logarithmic.
inline PlotData validation() {
    PlotData data;
    data.title = QStringLiteral("Six of six counts exact; times within 6%");
    data.subtitle = QStringLiteral("Prefill of a tiny Qwen3 on this computer, fp32");
    data.x.title = QStringLiteral("Prompt length");
    data.x.quantity = Quantity::Tokens;
    data.x.logarithmic = true;
    data.y.title = QStringLiteral("Prefill time");
    data.y.quantity = Quantity::Seconds;
    data.y.logarithmic = true;
    PlotSeries predicted;
    predicted.id = QStringLiteral("predicted");
    predicted.label = QStringLiteral("predicted ± 15%");
    predicted.color = PlotColor::design(0);
    PlotSeries measured;
    measured.id = QStringLiteral("measured");
    measured.label = QStringLiteral("measured");
    measured.color = PlotColor::text();
    measured.drawing = PlotDrawing::Points;
    for (int i = 0; i <= 32; ++i) {
        const double x = 128.0 * std::pow(2.0, i / 8.0);
        const double y = 0.45e-3 * std::pow(x / 128.0, 1.12);
        predicted.x.append(x);
        predicted.y.append(y);
        predicted.lower.append(y * 0.85);
        predicted.upper.append(y * 1.15);
        if (i % 8 == 0) {
            measured.x.append(x);
            measured.y.append(y * (i % 16 == 0 ? 1.06 : 0.97));
            measured.errorMinus.append(y * 0.08);
            measured.errorPlus.append(y * 0.08);
        }
    }
    data.series = {predicted, measured};
    return data;
}

/// Parameters per design by group, lying and stacked.
inline PlotData breakdown() {
    PlotData data;
    data.title = QStringLiteral("97% of DeepSeek-V3 sits in its experts");
    data.subtitle = QStringLiteral("Parameters by group");
    data.x.title = QStringLiteral("Design");
    data.x.categories = {QStringLiteral("A Qwen3-235B"), QStringLiteral("B DeepSeek-V3")};
    data.y.title = QStringLiteral("Parameters");
    data.y.quantity = Quantity::Count;
    data.stacked = true;
    data.horizontal = true;
    const QStringList names{QStringLiteral("Experts"), QStringLiteral("Attention"),
                            QStringLiteral("Dense feed-forward"), QStringLiteral("Embedding"),
                            QStringLiteral("Norms, router")};
    const QVector<QVector<double>> values{
        {227.1e9, 656.6e9}, {6.7e9, 11.4e9}, {0.0, 1.2e9}, {1.24e9, 1.85e9}, {0.05e9, 0.11e9}};
    for (int i = 0; i < names.size(); ++i) {
        PlotSeries series;
        series.id = names[i];
        series.label = names[i];
        series.color = PlotColor::group(i);
        series.drawing = PlotDrawing::Bars;
        series.y = values[i];
        data.series.append(series);
    }
    return data;
}

/// Two designs side by side per category, upright.
inline PlotData grouped() {
    PlotData data;
    data.title = QStringLiteral("DeepSeek-V3 decodes 1.4× slower at batch 32");
    data.subtitle = QStringLiteral("Tokens per second and GPU, by batch");
    data.x.title = QStringLiteral("Batch");
    data.x.categories = {QStringLiteral("1"), QStringLiteral("8"), QStringLiteral("32"),
                         QStringLiteral("128")};
    data.y.title = QStringLiteral("Throughput");
    data.y.quantity = Quantity::TokensPerSecond;
    const QStringList names{QStringLiteral("Qwen3-235B-A22B"), QStringLiteral("DeepSeek-V3")};
    const QVector<QVector<double>> values{{62, 480, 1749, 5310}, {48, 350, 1285, 4120}};
    for (int i = 0; i < names.size(); ++i) {
        PlotSeries series;
        series.id = QString(QChar(u'A' + i));
        series.letter = series.id;
        series.label = names[i];
        series.color = PlotColor::design(i);
        series.drawing = PlotDrawing::Bars;
        series.y = values[i];
        data.series.append(series);
    }
    return data;
}

inline PlotData empty() {
    PlotData data;
    data.title = QStringLiteral("Nothing measured yet");
    data.emptyText = QStringLiteral("Press “Run” to measure the tiny model on this computer.");
    return data;
}

} // namespace headroom::ui::sample
