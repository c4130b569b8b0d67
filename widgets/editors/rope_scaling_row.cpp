// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editors/rope_scaling_row.h"

#include "core/config/rope_scaling.h"
#include "widgets/theme/controls.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <limits>

namespace headroom::ui {

namespace {

constexpr int kindWidth = 148;
constexpr int ropeValueWidth = 92;

} // namespace

RopeScalingRow::RopeScalingRow(QWidget* parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_factor(new QDoubleSpinBox(this))
    , m_trained(new QSpinBox(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    m_kind->setFixedWidth(kindWidth);
    m_factor->setRange(least_rope_factor, largest_rope_factor);
    m_factor->setDecimals(2);
    m_trained->setRange(1, std::numeric_limits<int>::max());
    m_trained->setGroupSeparatorShown(true);
    m_trained->setSingleStep(1024);
    for (QAbstractSpinBox* box : std::initializer_list<QAbstractSpinBox*>{m_factor, m_trained}) {
        box->setFixedWidth(ropeValueWidth);
        box->setAlignment(Qt::AlignRight);
        box->setKeyboardTracking(false);
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    }
    for (QWidget* control : std::initializer_list<QWidget*>{m_kind, m_factor, m_trained}) {
        control->setFocusPolicy(Qt::StrongFocus);
        control->installEventFilter(this);
    }
    m_kindLine = addLine(m_kind);
    m_factorLine = addLine(m_factor);
    m_trainedLine = addLine(m_trained);
    connect(m_kind, &QComboBox::activated, this, [this](int index) {
        emitIfChanged(
            started_rope_scaling(m_config, m_kind->itemData(index).toString().toStdString()));
    });
    connect(m_factor, &QDoubleSpinBox::valueChanged, this, [this](double factor) {
        RopeScaling scaling = m_config.rope_scaling;
        scaling.factor = factor;
        emitIfChanged(scaling);
    });
    connect(m_trained, &QSpinBox::valueChanged, this, [this](int tokens) {
        RopeScaling scaling = m_config.rope_scaling;
        scaling.original_max_position_embeddings = tokens;
        emitIfChanged(scaling);
    });
    retranslate();
}

RopeScalingRow::Line RopeScalingRow::addLine(QWidget* editor) {
    Line line;
    line.box = new QWidget(this);
    line.label = new TextLabel(TextRole::Body, QString(), line.box);
    line.label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    line.label->setBuddy(editor);
    auto* row = new QHBoxLayout(line.box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(line.label, 1);
    row->addWidget(editor);
    layout()->addWidget(line.box);
    return line;
}

void RopeScalingRow::showConfig(const ModelConfig& config) {
    m_config = config;
    const std::vector<std::string> choices = rope_scaling_choices(config);
    setVisible(!choices.empty());
    if (choices.empty()) {
        return;
    }
    const RopeScaling& scaling = config.rope_scaling;
    const QSignalBlocker quietKind(m_kind);
    const QSignalBlocker quietFactor(m_factor);
    const QSignalBlocker quietTrained(m_trained);
    QStringList names;
    for (const std::string& choice : choices) {
        names.append(QString::fromStdString(choice));
    }
    if (m_kind->count() != names.size()) {
        m_kind->clear();
        for (const QString& name : names) {
            m_kind->addItem(name, name);
        }
        retranslate();
    }
    m_kind->setCurrentIndex(m_kind->findData(QString::fromStdString(scaling.rope_type)));
    // longrope has a factor for every dimension instead of one.
    const bool stretched = scaling.rope_type != "default";
    m_factorLine.box->setVisible(stretched && scaling.rope_type != "longrope");
    m_trainedLine.box->setVisible(uses_trained_context(scaling));
    m_factor->setValue(scaling.factor);
    const std::int64_t trained =
        scaling.original_max_position_embeddings.value_or(config.max_position_embeddings);
    m_trained->setValue(
        static_cast<int>(std::min<std::int64_t>(trained, std::numeric_limits<int>::max())));
}

void RopeScalingRow::emitIfChanged(const RopeScaling& scaling) {
    if (!(scaling == m_config.rope_scaling)) {
        emit edited(scaling);
    }
}

bool RopeScalingRow::eventFilter(QObject* watched, QEvent* event) {
    // Scrolling the panel changes nothing on its way.
    if (event->type() == QEvent::Wheel && !static_cast<QWidget*>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void RopeScalingRow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void RopeScalingRow::retranslate() {
    const auto name = [](const Line& line, QWidget* control, const QString& label,
                         const QString& field, const QString& hint) {
        line.label->setText(label);
        line.box->setToolTip(QStringLiteral("%1\n%2").arg(field, hint));
        control->setAccessibleName(label);
        control->setAccessibleDescription(field);
    };
    name(m_kindLine, m_kind, tr("RoPE scaling"), QStringLiteral("rope_scaling.rope_type"),
         tr("How the angles are stretched for contexts beyond the trained one"));
    name(m_factorLine, m_factor, tr("Scaling factor"), QStringLiteral("rope_scaling.factor"),
         tr("How many times the trained context"));
    name(m_trainedLine, m_trained, tr("Trained context"),
         QStringLiteral("rope_scaling.original_max_position_embeddings"),
         tr("Tokens the angles were trained for before they were stretched"));
    const int none = m_kind->findData(QStringLiteral("default"));
    if (none >= 0) {
        m_kind->setItemText(none, tr("none"));
    }
    const int yarn = m_kind->findData(QStringLiteral("yarn"));
    if (yarn >= 0) {
        m_kind->setItemText(yarn, QStringLiteral("YaRN"));
    }
}

} // namespace headroom::ui
