// SPDX-License-Identifier: GPL-3.0-or-later
// RopeScalingRow: the nested rope_scaling of a configuration: its kind, factor and trained context.
#pragma once

#include "core/config/model_config.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace headroom::ui {

class TextLabel;

class RopeScalingRow : public QWidget {
    Q_OBJECT

public:
    explicit RopeScalingRow(QWidget* parent = nullptr);

    /// Hides itself for a design without rotary positions.
    void showConfig(const ModelConfig& config);

signals:
    void edited(const headroom::RopeScaling& scaling);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Line {
        QWidget* box = nullptr;
        TextLabel* label = nullptr;
    };
    Line addLine(QWidget* editor);
    void retranslate();
    void emitIfChanged(const RopeScaling& scaling);

    ModelConfig m_config;
    QComboBox* m_kind = nullptr;
    QDoubleSpinBox* m_factor = nullptr;
    QSpinBox* m_trained = nullptr;
    Line m_kindLine;
    Line m_factorLine;
    Line m_trainedLine;
};

} // namespace headroom::ui
