// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/why_panel.h"

#include "widgets/format/format.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace headroom::ui {

namespace {

constexpr int margin = 16;

QString from(const std::string& text) {
    return QString::fromStdString(text);
}

/// Signs as people write them instead of as programs do.
QString typeset(const std::string& formula) {
    QString text = from(formula);
    text.replace(QStringLiteral(" * "), QStringLiteral(" \u00b7 "));
    return text;
}

QString valueText(const Derivation& step) {
    const QString number = step.is_integer ? QLocale().toString(static_cast<qlonglong>(step.exact))
                                           : format::significant(step.value, 4);
    return step.unit.empty() ? number : number + QChar(0x00a0) + from(step.unit);
}

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

/// Whether a text is nothing but the result again.
bool isResult(const std::string& substituted, const Derivation& step) {
    return substituted.empty() || substituted == step.formula ||
           (step.is_integer && substituted == std::to_string(step.exact));
}

QLabel* makeBox(QWidget* parent) {
    auto* box = new QLabel(parent);
    box->setWordWrap(true);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->setContentsMargins(10, 7, 10, 7);
    box->setAutoFillBackground(true);
    box->setBackgroundRole(QPalette::Window);
    return box;
}

} // namespace

std::optional<headroom::Quantity> quantityOfFigure(std::string_view figure) {
    if (figure == "parameters_total") {
        return headroom::Quantity::Parameters;
    }
    if (figure == "parameters_active") {
        return headroom::Quantity::ActiveParameters;
    }
    if (figure == "kv_bytes_per_token" || figure == "kv_bytes_at_context" ||
        figure == "kv_bytes_read_per_decode_step") {
        return headroom::Quantity::KvCache;
    }
    if (figure == "per_gpu_bytes" || figure == "total_bytes" || figure == "weights_bytes") {
        return headroom::Quantity::Memory;
    }
    if (figure == "prefill_flops" || figure == "decode_flops") {
        return headroom::Quantity::Flops;
    }
    if (figure == "time_to_first_token_ms") {
        return headroom::Quantity::TimeToFirstToken;
    }
    if (figure == "time_per_output_token_ms" || figure == "tokens_per_second" ||
        figure == "tokens_per_second_per_user") {
        return headroom::Quantity::TimePerOutputToken;
    }
    return std::nullopt;
}

WhyPanel::WhyPanel(QWidget* parent)
    : QWidget(parent) {
    buildLayout();
    connect(m_close, &QToolButton::clicked, this, &WhyPanel::closeRequested);
    connect(m_copyMarkdown, &QToolButton::clicked, this, [this] {
        if (m_derivation) {
            QApplication::clipboard()->setText(from(to_markdown(*m_derivation)));
        }
    });
    connect(m_copyLatex, &QToolButton::clicked, this, [this] {
        if (m_derivation) {
            QApplication::clipboard()->setText(from(to_latex(*m_derivation)));
        }
    });
    connect(m_tree, &QTreeWidget::currentItemChanged, this,
            [this](const QTreeWidgetItem* item) { showStep(item); });
    connect(&Theme::instance(), &Theme::changed, this, &WhyPanel::applyTheme);
    applyTheme();
    retranslate();
}

void WhyPanel::buildLayout() {
    m_heading = new TextLabel(TextRole::Section, {}, this);
    m_close = new QToolButton(this);
    m_close->setText(QStringLiteral("\u2715"));
    m_close->setAutoRaise(true);
    m_value = new QLabel(this);
    m_value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_formula = makeBox(this);
    m_numbers = makeBox(this);
    m_note = new QLabel(this);
    m_note->setWordWrap(true);
    m_source = new TextLabel(TextRole::Secondary, {}, this);
    m_source->setWordWrap(true);
    m_stepsHeading = new TextLabel(TextRole::Section, {}, this);
    m_tree = new QTreeWidget(this);
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(14);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_copyMarkdown = new QToolButton(this);
    m_copyLatex = new QToolButton(this);
    for (QToolButton* button : {m_copyMarkdown, m_copyLatex}) {
        button->setAutoRaise(true);
    }

    auto* top = new QHBoxLayout;
    top->addWidget(m_heading, 1);
    top->addWidget(m_close);
    auto* copies = new QHBoxLayout;
    copies->addWidget(m_copyMarkdown);
    copies->addWidget(m_copyLatex);
    copies->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(margin, 8, margin, 8);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(m_value);
    column->addWidget(m_formula);
    column->addWidget(m_numbers);
    column->addWidget(m_note);
    column->addWidget(m_source);
    column->addSpacing(8);
    column->addWidget(m_stepsHeading);
    column->addWidget(m_tree, 1);
    column->addLayout(copies);
}

QSize WhyPanel::sizeHint() const {
    return {qRound(300 * typeScale()), 400};
}

void WhyPanel::setSubject(int slot, headroom::Quantity quantity) {
    m_slot = slot;
    m_quantity = quantity;
}

void WhyPanel::setResult(const StudyResult& result) {
    m_derivation.reset();
    m_error.clear();
    m_design.clear();
    const auto index = static_cast<std::size_t>(m_slot);
    if (index < result.results.size()) {
        m_design = from(result.study.designs[index].name);
        if (result.results[index].spec) {
            auto derived = explain(*result.results[index].spec, result.study.scenario,
                                   result.device, m_quantity);
            if (derived) {
                m_derivation = std::move(*derived);
            } else {
                m_error = from(derived.error().text());
            }
        } else {
            m_error = from(result.results[index].error);
        }
    }
    retranslate();
    fillTree();
}

void WhyPanel::fillTree() {
    // While a value is dragged only the numbers change: the tree stays, and nothing jumps.
    if (m_derivation && updateNode(m_tree->topLevelItem(0), *m_derivation)) {
        showStep(m_tree->currentItem());
        return;
    }
    const QStringList selected = pathOf(m_tree->currentItem());
    m_tree->clear();
    if (!m_derivation) {
        showStep(nullptr);
        return;
    }
    addNode(nullptr, *m_derivation);
    QTreeWidgetItem* item = m_tree->topLevelItem(0);
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
    m_tree->setCurrentItem(item);
}

bool WhyPanel::updateNode(QTreeWidgetItem* item, const Derivation& node) {
    if (item == nullptr || item->text(0) != from(node.symbol) ||
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

void WhyPanel::addNode(QTreeWidgetItem* parent, const Derivation& node) {
    auto* item = parent == nullptr ? new QTreeWidgetItem(m_tree) : new QTreeWidgetItem(parent);
    item->setText(0, from(node.symbol));
    item->setText(1, shortText(node));
    item->setToolTip(0, from(node.symbol));
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    if (node.aside) {
        item->setForeground(0, tokens().secondary);
        item->setForeground(1, tokens().secondary);
    }
    for (const Derivation& child : node.children) {
        addNode(item, child);
    }
}

QStringList WhyPanel::pathOf(const QTreeWidgetItem* item) const {
    QStringList path;
    for (; item != nullptr; item = item->parent()) {
        path.prepend(item->text(0));
    }
    return path;
}

const Derivation* WhyPanel::stepOf(const QTreeWidgetItem* item) const {
    if (item == nullptr || !m_derivation) {
        return nullptr;
    }
    if (item->parent() == nullptr) {
        return &*m_derivation;
    }
    const Derivation* parent = stepOf(item->parent());
    const auto index =
        static_cast<std::size_t>(item->parent()->indexOfChild(const_cast<QTreeWidgetItem*>(item)));
    return parent != nullptr && index < parent->children.size() ? &parent->children[index]
                                                                : nullptr;
}

void WhyPanel::showStep(const QTreeWidgetItem* item) {
    const Derivation* step = stepOf(item);
    m_copyMarkdown->setEnabled(step != nullptr);
    m_copyLatex->setEnabled(step != nullptr);
    m_value->setText(step == nullptr ? QString() : valueText(*step));
    const auto show = [](QLabel* label, const QString& text) {
        label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    show(m_formula, step == nullptr ? QString() : typeset(step->formula));
    show(m_numbers, step == nullptr || isResult(step->substituted, *step)
                        ? QString()
                        : typeset(step->substituted) + QStringLiteral(" = ") + valueText(*step));
    show(m_note, step == nullptr ? m_error : from(step->note));
    show(m_source, step == nullptr ? QString() : from(step->source));
}

QString WhyPanel::quantityName() const {
    switch (m_quantity) {
    case headroom::Quantity::Parameters:
        return tr("Parameters");
    case headroom::Quantity::ActiveParameters:
        return tr("Active parameters");
    case headroom::Quantity::KvCache:
        return tr("KV cache");
    case headroom::Quantity::Flops:
        return tr("Operations");
    case headroom::Quantity::Memory:
        return tr("Memory");
    case headroom::Quantity::TimePerOutputToken:
        return tr("Time per token");
    case headroom::Quantity::TimeToFirstToken:
        return tr("Time to first token");
    }
    return {};
}

void WhyPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        fillTree();
    }
    QWidget::changeEvent(event);
}

void WhyPanel::retranslate() {
    //: Heading of the panel that explains a number: the figure and the design's letter.
    m_heading->setText(tr("Why · %1 · %2").arg(quantityName(), designLetter(m_slot)).toUpper());
    m_heading->setToolTip(m_design);
    m_stepsHeading->setText(tr("Step by step").toUpper());
    m_close->setToolTip(tr("Close"));
    m_close->setAccessibleName(tr("Close the explanation"));
    m_copyMarkdown->setText(tr("Copy as Markdown"));
    m_copyLatex->setText(tr("Copy as LaTeX"));
    m_tree->setAccessibleName(tr("Steps of the derivation"));
    m_value->setAccessibleName(tr("Result"));
    m_formula->setAccessibleName(tr("Formula"));
    m_numbers->setAccessibleName(tr("Numbers put in"));
    setAccessibleName(tr("Why this number"));
}

void WhyPanel::applyTheme() {
    m_value->setFont(uiFont(type::title, QFont::Bold));
    for (QLabel* box : {m_formula, m_numbers}) {
        box->setFont(codeFont(type::small + 1));
        QPalette palette = box->palette();
        palette.setColor(QPalette::Window, tokens().field);
        box->setPalette(palette);
    }
    m_note->setFont(uiFont(type::body));
    update();
}

void WhyPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().panel);
}

} // namespace headroom::ui
