// SPDX-License-Identifier: GPL-3.0-or-later
// AxisTicker: ticks of a chart's axis at round values of its unit, labelled by widgets/format.
#pragma once

#include "widgets/format/format.h"

#include <qcustomplot.h>

namespace headroom::ui {

class AxisTicker : public QCPAxisTicker {
public:
    void configure(Quantity quantity, bool logarithmic, bool binary, const QString& plainUnit);
    /// Chooses the unit for what is visible; call before a replot when the range changed.
    void setVisibleRange(double lower, double upper);
    [[nodiscard]] const format::AxisScale& scale() const { return m_scale; }

protected:
    double getTickStep(const QCPRange& range) override;
    int getSubTickCount(double tickStep) override;
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar,
                         int precision) override;

private:
    Quantity m_quantity = Quantity::Plain;
    bool m_logarithmic = false;
    bool m_binary = false;
    QString m_plainUnit;
    format::AxisScale m_scale;
};

} // namespace headroom::ui
