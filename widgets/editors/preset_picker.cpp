// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editors/preset_picker.h"

#include "core/accounting/parameters.h"
#include "core/config/expand.h"
#include "core/presets/presets.h"
#include "widgets/format/format.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace headroom::ui {

namespace {

constexpr int idRole = Qt::UserRole;
constexpr int searchRole = Qt::UserRole + 1;

bool isPreset(const QTreeWidgetItem* item) {
    return !item->data(0, idRole).toString().isEmpty();
}

/// "235B", and what is active of it where that is less than nine tenths.
QString sizeText(const ModelConfig& config) {
    const Result<ModelSpec> spec = expand_layers(config);
    if (!spec) {
        return {};
    }
    const Result<ParameterReport> report = count_parameters(*spec);
    if (!report) {
        return {};
    }
    const auto total = static_cast<double>(report->total);
    const auto active = static_cast<double>(report->active);
    const QString text = format::headline(total, Quantity::Count);
    if (report->group(ParameterGroup::Experts) == 0) {
        return text;
    }
    return PresetPopup::tr("%1, %2 active").arg(text, format::headline(active, Quantity::Count));
}

} // namespace

PresetPopup::PresetPopup(QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_search(new QLineEdit(this))
    , m_list(new QTreeWidget(this)) {
    setFrameShape(QFrame::StyledPanel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    m_search->setPlaceholderText(tr("Search by name, family or size"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Search presets"));
    m_search->installEventFilter(this);
    column->addWidget(m_search);
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setIndentation(10);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus); // the keys go through the search line
    m_list->setAccessibleName(tr("Presets"));
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    column->addWidget(m_list, 1);
    fill();
    connect(m_search, &QLineEdit::textChanged, this, &PresetPopup::setFilter);
    connect(m_list, &QTreeWidget::itemClicked, this, &PresetPopup::choose);
    resize(380, 460);
}

void PresetPopup::fill() {
    QTreeWidgetItem* family = nullptr;
    for (const ModelPreset& preset : model_presets()) {
        const QString name = QString::fromStdString(preset.family);
        if (family == nullptr || family->text(0) != name) {
            family = new QTreeWidgetItem(m_list, {name});
            family->setFlags(Qt::ItemIsEnabled);
            family->setFirstColumnSpanned(true);
            QFont font = uiFont(type::small, QFont::DemiBold);
            family->setFont(0, font);
            family->setForeground(0, tokens().secondary);
        }
        const QString size = sizeText(preset.config);
        auto* item = new QTreeWidgetItem(family, {QString::fromStdString(preset.name), size});
        item->setData(0, idRole, QString::fromStdString(preset.id));
        item->setData(0, searchRole,
                      QStringLiteral("%1 %2 %3").arg(item->text(0), name, size).toLower());
        item->setForeground(1, tokens().secondary);
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    }
    m_list->expandAll();
}

void PresetPopup::setFilter(const QString& text) {
    const QStringList words = text.toLower().split(u' ', Qt::SkipEmptyParts);
    QTreeWidgetItem* first = nullptr;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* family = m_list->topLevelItem(i);
        bool any = false;
        for (int k = 0; k < family->childCount(); ++k) {
            QTreeWidgetItem* item = family->child(k);
            const QString haystack = item->data(0, searchRole).toString();
            const bool fits = std::all_of(words.begin(), words.end(), [&](const QString& word) {
                return haystack.contains(word);
            });
            item->setHidden(!fits);
            any = any || fits;
            if (fits && first == nullptr) {
                first = item;
            }
        }
        family->setHidden(!any);
    }
    const QTreeWidgetItem* current = m_list->currentItem();
    if (current == nullptr || current->isHidden() || !isPreset(current)) {
        m_list->setCurrentItem(first);
    }
}

QStringList PresetPopup::shownPresets() const {
    QStringList ids;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        const QTreeWidgetItem* family = m_list->topLevelItem(i);
        for (int k = 0; k < family->childCount(); ++k) {
            if (!family->child(k)->isHidden()) {
                ids.append(family->child(k)->data(0, idRole).toString());
            }
        }
    }
    return ids;
}

void PresetPopup::setCurrent(const QString& id) {
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* family = m_list->topLevelItem(i);
        for (int k = 0; k < family->childCount(); ++k) {
            if (family->child(k)->data(0, idRole).toString() == id) {
                m_list->setCurrentItem(family->child(k));
                m_list->scrollToItem(family->child(k), QAbstractItemView::PositionAtCenter);
            }
        }
    }
}

QString PresetPopup::current() const {
    const QTreeWidgetItem* item = m_list->currentItem();
    return item == nullptr ? QString() : item->data(0, idRole).toString();
}

void PresetPopup::move(int steps) {
    const QStringList shown = shownPresets();
    if (!shown.isEmpty()) {
        const qsizetype now = shown.indexOf(current());
        setCurrent(shown[std::clamp<qsizetype>(now + steps, 0, shown.size() - 1)]);
    }
}

void PresetPopup::choose(const QTreeWidgetItem* item) {
    if (item != nullptr && isPreset(item)) {
        const QString id = item->data(0, idRole).toString();
        close();
        emit presetChosen(id);
    }
}

bool PresetPopup::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down:
            move(1);
            return true;
        case Qt::Key_Up:
            move(-1);
            return true;
        case Qt::Key_PageDown:
            move(8);
            return true;
        case Qt::Key_PageUp:
            move(-8);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose(m_list->currentItem());
            return true;
        case Qt::Key_Escape:
            close();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void PresetPopup::showEvent(QShowEvent* event) {
    QFrame::showEvent(event);
    m_search->setFocus(Qt::PopupFocusReason);
}

PresetPicker::PresetPicker(QWidget* parent)
    : QAbstractButton(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &PresetPicker::openPopup);
    connect(&Theme::instance(), &Theme::changed, this, [this] { update(); });
}

void PresetPicker::setDesign(const Design& design, int /*slot*/) {
    const QString id = QString::fromStdString(design.preset);
    const ModelPreset* preset = id.isEmpty() ? nullptr : find_model_preset(design.preset);
    const QString name = preset == nullptr ? QString() : QString::fromStdString(preset->name);
    const bool edited = preset != nullptr && !(preset->config == design.config);
    if (id == m_preset && name == m_name && edited == m_edited && !text().isEmpty()) {
        return;
    }
    m_preset = id;
    m_name = name;
    m_edited = edited;
    retranslate();
}

void PresetPicker::retranslate() {
    setText(m_name.isEmpty() ? tr("Own design")
            : m_edited       ? tr("Preset: %1, edited").arg(m_name)
                             : tr("Preset: %1").arg(m_name));
    setToolTip(tr("Choose another preset for this design"));
    setAccessibleName(text());
    update();
}

QSize PresetPicker::sizeHint() const {
    return {200, QFontMetrics(uiFont()).height() + 12};
}

QSize PresetPicker::minimumSizeHint() const {
    return {80, sizeHint().height()};
}

void PresetPicker::openPopup() {
    auto* popup = new PresetPopup(this);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    connect(popup, &PresetPopup::presetChosen, this, &PresetPicker::presetChosen);
    popup->setFilter(QString());
    popup->setCurrent(m_preset);
    popup->QWidget::move(mapToGlobal(QPoint(0, height() + 2)));
    popup->show();
}

void PresetPicker::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hasFocus() ? t.accent : t.line, 1.0));
    painter.setBrush(underMouse() ? t.hover : t.field);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5.0, 5.0);
    painter.setFont(uiFont());
    painter.setPen(t.secondary);
    const QRect inner = rect().adjusted(9, 0, -24, 0);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, inner.width()));
    const QPointF tip(width() - 14.0, height() / 2.0 + 2.0);
    painter.setPen(QPen(t.secondary, 1.5));
    painter.drawPolyline(QPolygonF{{tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)}});
}

void PresetPicker::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange && !text().isEmpty()) {
        retranslate();
    }
    QAbstractButton::changeEvent(event);
}

void PresetPicker::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Down:
        openPopup();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

} // namespace headroom::ui
