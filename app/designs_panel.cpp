// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/designs_panel.h"

#include "app/design_button.h"
#include "widgets/editors/design_editor.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headroom::ui {

DesignsPanel::DesignsPanel(QWidget* parent)
    : QWidget(parent)
    , m_add(new QToolButton(this))
    , m_chipArea(new QWidget(this))
    , m_grid(new QGridLayout(m_chipArea))
    , m_editor(new DesignEditor(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_grid->setContentsMargins(12, 12, 12, 8);
    m_grid->setSpacing(6);
    column->addWidget(m_chipArea);
    column->addWidget(m_editor, 1);
    for (int slot = 0; slot < static_cast<int>(max_designs); ++slot) {
        m_chips.append(makeChip(slot));
    }
    m_add->setText(QStringLiteral("+"));
    connect(m_add, &QToolButton::clicked, this, &DesignsPanel::addRequested);
    connect(&Theme::instance(), &Theme::changed, this, [this] { update(); });
    retranslate();
    arrange();
}

DesignButton* DesignsPanel::makeChip(int slot) {
    auto* chip = new DesignButton(slot, m_chipArea);
    connect(chip, &DesignButton::clicked, this, [this, slot, chip] {
        chip->setChecked(true);
        emit designSelected(slot);
        if (m_collapsed) {
            emit expandRequested();
        }
    });
    connect(chip, &QWidget::customContextMenuRequested, this,
            [this, slot, chip](const QPoint& position) {
                emit menuRequested(slot, chip->mapToGlobal(position));
            });
    return chip;
}

void DesignsPanel::setResult(const StudyResult& result, int selected) {
    const int count = static_cast<int>(result.study.designs.size());
    bool namesChanged = false;
    for (int slot = 0; slot < count; ++slot) {
        const auto index = static_cast<std::size_t>(slot);
        const QSize before = m_chips[slot]->sizeHint();
        m_chips[slot]->setDesign(QString::fromStdString(result.study.designs[index].name),
                                 !result.results[index].analysis);
        m_chips[slot]->setChecked(slot == selected);
        namesChanged = namesChanged || m_chips[slot]->sizeHint() != before;
    }
    if (count != m_count || namesChanged) {
        m_count = count;
        arrange();
    }
    const auto index = static_cast<std::size_t>(std::clamp(selected, 0, count - 1));
    m_editor->setDesign(result.study.designs[index], result.results[index],
                        static_cast<int>(index));
}

void DesignsPanel::setCollapsed(bool collapsed) {
    if (m_collapsed == collapsed) {
        return;
    }
    m_collapsed = collapsed;
    arrange();
}

void DesignsPanel::arrange() {
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item;
    }
    m_inPairs = namesFitInPairs();
    const int columns = m_collapsed || !m_inPairs ? 1 : 2;
    m_editor->setVisible(!m_collapsed);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->setAlignment(m_chipArea, m_collapsed ? Qt::AlignTop : Qt::Alignment());
    for (int slot = 0; slot < m_chips.size(); ++slot) {
        m_chips[slot]->setVisible(slot < m_count);
        m_chips[slot]->setCompact(m_collapsed);
        if (slot < m_count) {
            m_grid->addWidget(m_chips[slot], slot / columns, slot % columns);
        }
    }
    m_add->setVisible(m_count < static_cast<int>(max_designs));
    if (m_collapsed) {
        m_grid->addWidget(m_add, m_count, 0, Qt::AlignHCenter);
    } else {
        m_grid->addWidget(m_add, 0, 2, Qt::AlignTop);
    }
    // As wide as their names want, in proportion.
    for (int i = 0; i < 2; ++i) {
        int wanted = 0;
        for (int slot = i; slot < m_count && i < columns; slot += columns) {
            wanted = std::max(wanted, m_chips[slot]->sizeHint().width());
        }
        m_grid->setColumnStretch(i, wanted);
    }
    const int margin = m_collapsed ? 6 : 12;
    m_grid->setContentsMargins(margin, 12, margin, 8);
}

/// Two names stand in one row where both can be read whole.
bool DesignsPanel::namesFitInPairs() const {
    constexpr int margins = 2 * 12;
    constexpr double narrow = 0.88; // a chip sets its name so much narrower before it shows
    const bool canAdd = m_count < static_cast<int>(max_designs);
    const int room = width() - margins - m_grid->spacing() -
                     (canAdd ? m_add->sizeHint().width() + m_grid->spacing() : 0);
    for (int slot = 0; slot + 1 < m_count; slot += 2) {
        if (narrow * (m_chips[slot]->sizeHint().width() + m_chips[slot + 1]->sizeHint().width()) >
            room) {
            return false;
        }
    }
    return true;
}

void DesignsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (!m_collapsed && m_inPairs != namesFitInPairs()) {
        arrange();
    }
}

void DesignsPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void DesignsPanel::retranslate() {
    setAccessibleName(tr("Designs"));
    m_add->setToolTip(tr("Add a design to compare"));
    m_add->setAccessibleName(tr("Add a design"));
}

void DesignsPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().panel);
}

} // namespace headroom::ui
