// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/why_tree.h"

#include "widgets/format/format.h"
#include "widgets/theme/theme.h"
#include "widgets/words/sentence_text.h"

#include <QEvent>
#include <QHeaderView>
#include <QSignalBlocker>

#include <algorithm>

namespace headroom::ui {

namespace {

/// Short, for the tree; every digit stands above it when the step is selected.
QString shortText(const Derivation& step) {
    using ShownAs = headroom::ui::Quantity;
    if (step.unit == "bytes") {
        return format::rounded(step.value, ShownAs::BytesBinary, 4);
    }
    if (step.unit == "s") {
        return format::rounded(step.value, ShownAs::Seconds, 4);
    }
    const bool whole = step.is_integer && step.exact < 10'000'000;
    return whole ? QLocale().toString(static_cast<qlonglong>(step.exact))
                 : format::rounded(step.value, ShownAs::Count, 4);
}

} // namespace

QStringList fieldsOf(const Derivation& step) {
    QStringList fields;
    for (const std::string& field : step.fields) {
        fields.append(QString::fromStdString(field));
    }
    if (fields.isEmpty()) {
        for (const Derivation& child : step.children) {
            if (!child.aside) {
                fields += fieldsOf(child);
            }
        }
        fields.removeDuplicates();
    }
    return fields;
}

WhyTree::WhyTree(QWidget* parent)
    : QTreeWidget(parent) {
    setColumnCount(2);
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(14);
    setMouseTracking(true);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    connect(this, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem* item) {
        emit stepChanged();
        if (hasFocus()) {
            pointAt(item);
        }
    });
    connect(this, &QTreeWidget::itemEntered, this,
            [this](const QTreeWidgetItem* item) { pointAt(item); });
}

void WhyTree::setDerivation(const Derivation* derivation) {
    m_derivation = derivation;
    // While a value is dragged only the numbers change: the tree stays, and nothing jumps.
    if (m_derivation != nullptr && updateNode(topLevelItem(0), *m_derivation)) {
        emit stepChanged();
        return;
    }
    const QStringList selected = pathOf(currentItem());
    clear();
    if (m_derivation == nullptr) {
        emit stepChanged();
        return;
    }
    addNode(nullptr, *m_derivation);
    QTreeWidgetItem* item = topLevelItem(0);
    markItem(item, *m_derivation);
    item->setExpanded(true);
    for (qsizetype depth = 1; depth < selected.size(); ++depth) {
        QTreeWidgetItem* next = nullptr;
        for (int i = 0; i < item->childCount() && next == nullptr; ++i) {
            if (item->child(i)->text(0) == selected[depth]) {
                next = item->child(i);
            }
        }
        if (next == nullptr) {
            break;
        }
        item = next;
    }
    setCurrentItem(item);
}

bool WhyTree::updateNode(QTreeWidgetItem* item, const Derivation& node) {
    if (item == nullptr || item->text(0) != sentenceText(node.symbol) ||
        item->childCount() != static_cast<int>(node.children.size())) {
        return false;
    }
    item->setText(1, shortText(node));
    for (int i = 0; i < item->childCount(); ++i) {
        if (!updateNode(item->child(i), node.children[static_cast<std::size_t>(i)])) {
            return false;
        }
    }
    return true;
}

void WhyTree::addNode(QTreeWidgetItem* parent, const Derivation& node) {
    auto* item = parent == nullptr ? new QTreeWidgetItem(this) : new QTreeWidgetItem(parent);
    item->setText(0, sentenceText(node.symbol));
    item->setText(1, shortText(node));
    item->setToolTip(0, sentenceText(node.symbol));
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    if (node.aside) {
        item->setForeground(0, tokens().secondary);
        item->setForeground(1, tokens().secondary);
    }
    for (const Derivation& child : node.children) {
        addNode(item, child);
    }
}

QStringList WhyTree::pathOf(const QTreeWidgetItem* item) const {
    QStringList path;
    for (; item != nullptr; item = item->parent()) {
        path.prepend(item->text(0));
    }
    return path;
}

const Derivation* WhyTree::stepOf(const QTreeWidgetItem* item) const {
    if (item == nullptr || m_derivation == nullptr) {
        return nullptr;
    }
    if (item->parent() == nullptr) {
        return m_derivation;
    }
    const Derivation* parent = stepOf(item->parent());
    const auto index =
        static_cast<std::size_t>(item->parent()->indexOfChild(const_cast<QTreeWidgetItem*>(item)));
    return parent != nullptr && index < parent->children.size() ? &parent->children[index]
                                                                : nullptr;
}

bool WhyTree::markItem(QTreeWidgetItem* item, const Derivation& node) {
    const std::string field = m_marked.toStdString();
    const bool own = !field.empty() &&
                     std::find(node.fields.begin(), node.fields.end(), field) != node.fields.end();
    bool below = false;
    for (int i = 0; i < item->childCount(); ++i) {
        below = markItem(item->child(i), node.children[static_cast<std::size_t>(i)]) || below;
    }
    // A step that uses the field is bold, and those that hold one, so that it is found when closed.
    const QBrush brush = own     ? QBrush(mixColors(tokens().panel, tokens().accent, 0.22))
                         : below ? QBrush(mixColors(tokens().panel, tokens().accent, 0.08))
                                 : QBrush();
    QFont font = item->font(0);
    font.setBold(own);
    item->setFont(0, font);
    for (int column = 0; column < 2; ++column) {
        item->setBackground(column, brush);
    }
    return own || below;
}

void WhyTree::markField(const QString& field) {
    if (field != m_marked) {
        m_marked = field;
        if (m_derivation != nullptr && topLevelItem(0) != nullptr) {
            markItem(topLevelItem(0), *m_derivation);
        }
    }
}

void WhyTree::pointAt(const QTreeWidgetItem* item) {
    const Derivation* step = stepOf(item);
    emit fieldsPointed(step == nullptr ? QStringList() : fieldsOf(*step));
}

bool WhyTree::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave) {
        emit fieldsPointed({});
    }
    return QTreeWidget::viewportEvent(event);
}

void WhyTree::focusInEvent(QFocusEvent* event) {
    QTreeWidget::focusInEvent(event);
    pointAt(currentItem());
}

void WhyTree::focusOutEvent(QFocusEvent* event) {
    emit fieldsPointed({});
    QTreeWidget::focusOutEvent(event);
}

} // namespace headroom::ui
