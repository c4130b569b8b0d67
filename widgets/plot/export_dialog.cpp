// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/export_dialog.h"

#include "widgets/plot/plot_table.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace headroom::ui {

namespace {

struct SizePreset {
    const char* name;
    QSize size;
};

const std::array<SizePreset, 4> presets{
    {{QT_TRANSLATE_NOOP("headroom::ui::ExportDialog", "Paper column"), {640, 400}},
     {QT_TRANSLATE_NOOP("headroom::ui::ExportDialog", "Paper page"), {960, 600}},
     {QT_TRANSLATE_NOOP("headroom::ui::ExportDialog", "Slide 16:9"), {1280, 720}},
     {QT_TRANSLATE_NOOP("headroom::ui::ExportDialog", "Square"), {720, 720}}}};

/// The folder of the last export of this run, so that a series of charts lands in one place.
QString& lastFolder() {
    static QString folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return folder;
}

QString fileNameFor(const QString& title) {
    QString name = title.left(60).simplified();
    for (QChar& c : name) {
        if (!c.isLetterOrNumber() && c != u'.' && c != u'-') {
            c = u'_';
        }
    }
    return name.isEmpty() ? QStringLiteral("chart") : name;
}

QSpinBox* pixelBox(QWidget* parent, int value, int lower, int upper) {
    auto* box = new QSpinBox(parent);
    box->setRange(lower, upper);
    box->setValue(value);
    box->setAlignment(Qt::AlignRight);
    box->setGroupSeparatorShown(true);
    return box;
}

} // namespace

ExportDialog::ExportDialog(const PlotData& chart, const QSet<QString>& hidden, QWidget* parent)
    : QDialog(parent)
    , m_data(chart)
    , m_hidden(hidden) {
    setWindowTitle(tr("Export chart"));
    resize(980, 520);
    m_previewTimer = new QTimer(this);
    m_previewTimer->setSingleShot(true);
    m_previewTimer->setInterval(60);
    connect(m_previewTimer, &QTimer::timeout, this, &ExportDialog::refreshPreview);
    buildControls();
    formatChanged();
    refreshPreview();
}

void ExportDialog::buildControls() {
    m_format = new QComboBox(this);
    for (const ExportFormat format :
         {ExportFormat::Png, ExportFormat::Svg, ExportFormat::Pdf, ExportFormat::Csv}) {
        m_format->addItem(exportSuffix(format).toUpper(), static_cast<int>(format));
    }
    m_preset = new QComboBox(this);
    for (const SizePreset& preset : presets) {
        m_preset->addItem(tr(preset.name), preset.size);
    }
    m_preset->addItem(tr("Own size"));
    m_preset->setCurrentIndex(1);
    m_width = pixelBox(this, 960, 100, 8000);
    m_height = pixelBox(this, 600, 80, 8000);
    m_dpi = pixelBox(this, 192, 72, 600);
    m_dpi->setSingleStep(24);
    m_theme = new QComboBox(this);
    m_theme->addItem(tr("Light"), false);
    m_theme->addItem(tr("Dark"), true);
    m_title = new QLineEdit(m_data.title, this);
    m_pixels = new TextLabel(TextRole::Secondary, QString(), this);
    m_error = new TextLabel(TextRole::Bad, QString(), this);
    m_error->setWordWrap(true);
    m_error->hide();
    m_preview = new QLabel(this);
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setMinimumSize(380, 260);
    m_preview->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_preview->setAccessibleName(tr("Preview"));

    auto* form = new QFormLayout;
    form->setFormAlignment(Qt::AlignTop);
    form->setVerticalSpacing(10);
    form->addRow(tr("&Format"), m_format);
    form->addRow(tr("&Size"), m_preset);
    form->addRow(tr("&Width"), m_width);
    form->addRow(tr("&Height"), m_height);
    form->addRow(tr("&Resolution (dpi)"), m_dpi);
    form->addRow(tr("T&heme"), m_theme);
    form->addRow(tr("&Title"), m_title);
    form->addRow(QString(), m_pixels);
    form->addRow(m_error);

    auto* buttons = new QDialogButtonBox(this);
    m_save = buttons->addButton(tr("Save…"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("save"));
    m_save->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_title->setMinimumWidth(220);
    m_title->setCursorPosition(0);
    auto* left = new QVBoxLayout;
    left->addLayout(form);
    left->addStretch(1);
    left->addWidget(buttons);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(24);
    layout->addLayout(left);
    layout->addWidget(m_preview, 1);

    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::chooseFileAndSave);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::formatChanged);
    connect(m_preset, &QComboBox::currentIndexChanged, this, [this] {
        const QSize size = m_preset->currentData().toSize();
        if (size.isValid()) {
            m_width->setValue(size.width());
            m_height->setValue(size.height());
        }
    });
    for (QSpinBox* box : {m_width, m_height, m_dpi}) {
        connect(box, &QSpinBox::valueChanged, this, [this] {
            const QSize size(m_width->value(), m_height->value());
            const auto known =
                std::find_if(presets.begin(), presets.end(),
                             [size](const SizePreset& preset) { return preset.size == size; });
            const QSignalBlocker block(m_preset);
            m_preset->setCurrentIndex(static_cast<int>(std::distance(presets.begin(), known)));
            m_previewTimer->start();
        });
    }
    connect(m_theme, &QComboBox::currentIndexChanged, m_previewTimer, qOverload<>(&QTimer::start));
    connect(m_title, &QLineEdit::textChanged, m_previewTimer, qOverload<>(&QTimer::start));
}

ExportOptions ExportDialog::options() const {
    ExportOptions options;
    options.format = static_cast<ExportFormat>(m_format->currentData().toInt());
    options.size = QSize(m_width->value(), m_height->value());
    options.dpi = m_dpi->value();
    options.dark = m_theme->currentData().toBool();
    options.hidden = m_hidden;
    return options;
}

PlotData ExportDialog::exportedData() const {
    PlotData chart = m_data;
    chart.title = m_title->text();
    return chart;
}

void ExportDialog::setFormat(ExportFormat format) {
    m_format->setCurrentIndex(m_format->findData(static_cast<int>(format)));
}

void ExportDialog::formatChanged() {
    const ExportFormat format = options().format;
    const bool picture = format != ExportFormat::Csv;
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_preset, m_width, m_height, m_theme, m_title}) {
        widget->setEnabled(picture);
    }
    m_dpi->setEnabled(format == ExportFormat::Png);
    m_previewTimer->start();
}

void ExportDialog::refreshPreview() {
    ExportOptions shown = options();
    const QSize pixels = exportPixelSize(shown);
    if (shown.format == ExportFormat::Csv) {
        const QStringList lines = plotCsv(m_data, m_hidden).split(u'\n');
        m_pixels->setText(tr("%n line(s)", nullptr, static_cast<int>(lines.size()) - 1));
        m_preview->setFont(codeFont(12));
        m_preview->setText(lines.mid(0, 14).join(u'\n'));
        return;
    }
    m_pixels->setText(
        shown.format == ExportFormat::Png
            ? tr("%1 × %2 pixels").arg(pixels.width()).arg(pixels.height())
            : tr("Vector graphics, %1 × %2").arg(shown.size.width()).arg(shown.size.height()));
    // Drawn at the size it will have, then shrunk: what is seen is what is saved.
    const double room = std::min({1.0, static_cast<double>(m_preview->width()) / shown.size.width(),
                                  static_cast<double>(m_preview->height()) / shown.size.height()});
    shown.dpi = 192;
    QImage image = renderPlotImage(exportedData(), shown);
    const double ratio = devicePixelRatioF();
    image = image.scaled((QSizeF(shown.size) * room * ratio).toSize(), Qt::KeepAspectRatio,
                         Qt::SmoothTransformation);
    image.setDevicePixelRatio(ratio);
    m_preview->setPixmap(QPixmap::fromImage(image));
}

void ExportDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    m_previewTimer->start();
}

bool ExportDialog::saveTo(const QString& path) {
    ExportOptions chosen = options();
    chosen.path = path;
    QString error;
    const bool saved = renderPlot(exportedData(), chosen, &error);
    m_error->setText(error);
    m_error->setVisible(!saved);
    if (saved) {
        lastFolder() = QFileInfo(path).absolutePath();
    }
    return saved;
}

QString ExportDialog::errorText() const {
    return m_error->text();
}

void ExportDialog::chooseFileAndSave() {
    const QString suffix = exportSuffix(options().format);
    const QString suggestion =
        QDir(lastFolder()).filePath(fileNameFor(m_title->text()) + u'.' + suffix);
    QFileDialog chooser(this, tr("Save chart"), suggestion);
    chooser.setAcceptMode(QFileDialog::AcceptSave);
    chooser.setDefaultSuffix(suffix);
    chooser.setNameFilter(tr("%1 file (*.%2)").arg(suffix.toUpper(), suffix));
    chooser.selectFile(suggestion);
    if (chooser.exec() == QDialog::Accepted && saveTo(chooser.selectedFiles().value(0))) {
        accept();
    }
}

} // namespace headroom::ui
