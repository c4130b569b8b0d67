// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters: total and active side by side, and by group as stacked bars.
#include "widgets/charts/chart_support.h"
#include "widgets/format/contexts.h"
#include "widgets/format/format.h"
#include "widgets/theme/tokens.h"

#include <algorithm>
#include <array>

namespace headroom::ui::charts {

namespace {

/// Groups as bars show them: what is thin everywhere is one segment.
struct Segment {
    const char* id;
    const char* label;
    std::array<ParameterGroup, 4> groups;
};

constexpr std::array segments{
    Segment{"experts",
            QT_TRANSLATE_NOOP("Charts", "Experts"),
            {ParameterGroup::Experts, ParameterGroup::Experts, ParameterGroup::Experts,
             ParameterGroup::Experts}},
    Segment{"shared_experts",
            QT_TRANSLATE_NOOP("Charts", "Shared experts"),
            {ParameterGroup::SharedExperts, ParameterGroup::SharedExperts,
             ParameterGroup::SharedExperts, ParameterGroup::SharedExperts}},
    Segment{"feed_forward",
            QT_TRANSLATE_NOOP("Charts", "Dense feed-forward"),
            {ParameterGroup::FeedForward, ParameterGroup::FeedForward, ParameterGroup::FeedForward,
             ParameterGroup::FeedForward}},
    Segment{"attention",
            QT_TRANSLATE_NOOP("Charts", "Attention"),
            {ParameterGroup::Attention, ParameterGroup::Attention, ParameterGroup::Attention,
             ParameterGroup::Attention}},
    Segment{"embedding",
            QT_TRANSLATE_NOOP("Charts", "Embedding and head"),
            {ParameterGroup::Embedding, ParameterGroup::LmHead, ParameterGroup::PerLayerEmbedding,
             ParameterGroup::PerLayerEmbedding}},
    Segment{"other",
            QT_TRANSLATE_NOOP("Charts", "Router, norms, other"),
            {ParameterGroup::Router, ParameterGroup::Norm, ParameterGroup::Other,
             ParameterGroup::Other}},
};

double sumOf(const std::array<std::int64_t, parameter_group_count>& counts,
             const Segment& segment) {
    double sum = 0.0;
    for (std::size_t i = 0; i < segment.groups.size(); ++i) {
        const ParameterGroup group = segment.groups[i];
        if (std::find(segment.groups.begin(), segment.groups.begin() + i, group) ==
            segment.groups.begin() + i) {
            sum += static_cast<double>(counts[static_cast<std::size_t>(group)]);
        }
    }
    return sum;
}

/// "97% of DeepSeek-V3 sits in its experts": the design with the most one-sided breakdown.
QString breakdownTitle(const QVector<Drawn>& all) {
    double best = 0.0;
    QString title;
    for (const Drawn& drawn : all) {
        const ParameterReport& report = drawn.analysis->parameters;
        for (const Segment& segment : segments) {
            const double share = sumOf(report.groups, segment) / static_cast<double>(report.total);
            if (share > best) {
                best = share;
                title = ChartWords::tr("%1 of %2 sits in its %3",
                                       "a percentage of a design is a group of parameters")
                            .arg(format::rounded(share, Quantity::Fraction, 2), drawn.name,
                                 ChartWords::tr(segment.label).toLower());
            }
        }
    }
    return title;
}

} // namespace

PlotData parametersChart(const ChartInput& input) {
    const QVector<Drawn> all = drawnDesigns(*input.now);
    PlotData data;
    if (all.isEmpty()) {
        return data;
    }
    data.x.categories = {ChartWords::tr("total"), ChartWords::tr("active per token")};
    QVector<double> shares;
    for (const Drawn& drawn : all) {
        const ParameterReport& report = drawn.analysis->parameters;
        PlotSeries series = designSeries(drawn);
        series.drawing = PlotDrawing::Bars;
        series.y = {static_cast<double>(report.total), static_cast<double>(report.active)};
        shares.append(series.y[1] / series.y[0]);
        if (const Drawn before = ghostOf(input, drawn.slot); before.analysis != nullptr) {
            PlotSeries ghost = ghostSeries(input, drawn.slot);
            ghost.drawing = PlotDrawing::Bars;
            ghost.y = {static_cast<double>(before.analysis->parameters.total),
                       static_cast<double>(before.analysis->parameters.active)};
            if (ghost.y != series.y) {
                data.series.append(ghost);
            }
        }
        data.series.append(series);
    }
    const Extremes found = extremes(shares);
    if (shares[found.least] < 0.9) {
        const ParameterReport& sparse = all[found.least].analysis->parameters;
        data.title = ChartWords::tr("%1 has %2 parameters and reads %3 of them per token")
                         .arg(all[found.least].name,
                              format::headline(static_cast<double>(sparse.total), Quantity::Count),
                              format::rounded(shares[found.least], Quantity::Fraction, 2));
    } else if (all.size() == 1) {
        data.title =
            ChartWords::tr("%1 has %2 parameters, all read for each token")
                .arg(all.front().name,
                     format::headline(static_cast<double>(all.front().analysis->parameters.total),
                                      Quantity::Count));
    } else {
        QVector<double> totals;
        for (const Drawn& drawn : all) {
            totals.append(static_cast<double>(drawn.analysis->parameters.total));
        }
        const Extremes size = extremes(totals);
        data.title = ChartWords::tr("%1 has %2 parameters than %3", "%2: 2.7× more")
                         .arg(all[size.most].name,
                              format::ratioInWords(totals[size.most], totals[size.least]),
                              all[size.least].name);
    }
    data.subtitle =
        ChartWords::tr("Trainable weights; active leaves out the input embedding, a lookup");
    data.x.title = ChartWords::tr("Reading");
    data.y.title = ChartWords::tr("Parameters");
    data.y.quantity = Quantity::Count;
    return data;
}

PlotData breakdownChart(const ChartInput& input) {
    const QVector<Drawn> all = drawnDesigns(*input.now);
    PlotData data;
    if (all.isEmpty()) {
        return data;
    }
    const bool share = input.options.share;
    for (const Drawn& drawn : all) {
        const QString name =
            designLetter(drawn.slot) + u' ' + QString::fromStdString(drawn.design->name);
        data.x.categories.append(name);
        data.x.categories.append(ChartWords::tr("active per token"));
        data.x.subjects.append(subjectText(drawn, "parameters_total"));
        data.x.subjects.append(subjectText(drawn, "parameters_active"));
        data.categoryColors.append(PlotColor::design(drawn.slot));
        data.categoryColors.append(PlotColor::design(drawn.slot));
    }
    for (const Segment& segment : segments) {
        PlotSeries series;
        series.id = QString::fromLatin1(segment.id);
        series.label = ChartWords::tr(segment.label);
        series.color = PlotColor::group(static_cast<int>(data.series.size()));
        series.drawing = PlotDrawing::Bars;
        bool any = false;
        for (const Drawn& drawn : all) {
            const ParameterReport& report = drawn.analysis->parameters;
            const double total = sumOf(report.groups, segment);
            const double active = sumOf(report.active_groups, segment);
            any = any || total > 0.0;
            series.y.append(share ? total / static_cast<double>(report.total) : total);
            series.y.append(share ? active / static_cast<double>(report.active_with_input_embedding)
                                  : active);
        }
        if (any) {
            data.series.append(series);
        }
    }
    data.title = breakdownTitle(all);
    data.subtitle = ChartWords::tr("Parameters by group: all, and those read for one token "
                                   "with the input embedding");
    data.x.title = ChartWords::tr("Design");
    data.y.title = share ? ChartWords::tr("Share of parameters") : ChartWords::tr("Parameters");
    data.y.quantity = share ? Quantity::Fraction : Quantity::Count;
    data.y.lower = 0.0;
    data.stacked = true;
    data.horizontal = true;
    return data;
}

} // namespace headroom::ui::charts
