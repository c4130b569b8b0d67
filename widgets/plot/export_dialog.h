// SPDX-License-Identifier: GPL-3.0-or-later
// ExportDialog: how a chart is saved (format, size, resolution, theme, title) with a preview.
#pragma once

#include "widgets/plot/plot_data.h"
#include "widgets/plot/plot_export.h"

#include <QDialog>
#include <QSet>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTimer;

namespace headroom::ui {

class ExportDialog : public QDialog {
    Q_OBJECT

public:
    ExportDialog(const PlotData& chart, const QSet<QString>& hidden, QWidget* parent = nullptr);

    /// What the controls say; `path` is empty until a file was chosen.
    [[nodiscard]] ExportOptions options() const;
    void setFormat(ExportFormat format);
    /// The chart with the title the user may have replaced.
    [[nodiscard]] PlotData exportedData() const;
    /// Writes to `path`; an error is shown in the dialog, which then stays open.
    bool saveTo(const QString& path);
    [[nodiscard]] QString errorText() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildControls();
    void chooseFileAndSave();
    void formatChanged();
    void refreshPreview();

    PlotData m_data;
    QSet<QString> m_hidden;
    QComboBox* m_format = nullptr;
    QComboBox* m_preset = nullptr;
    QSpinBox* m_width = nullptr;
    QSpinBox* m_height = nullptr;
    QSpinBox* m_dpi = nullptr;
    QComboBox* m_theme = nullptr;
    QLineEdit* m_title = nullptr;
    QLabel* m_preview = nullptr;
    QLabel* m_pixels = nullptr;
    QLabel* m_error = nullptr;
    QPushButton* m_save = nullptr;
    QTimer* m_previewTimer = nullptr;
};

} // namespace headroom::ui
