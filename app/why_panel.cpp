// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/why_panel.h"

#include "app/why_tree.h"
#include "core/study/figures.h"
#include "widgets/format/format.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/theme.h"
#include "widgets/words/sentence_text.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headroom::ui {

namespace {

constexpr int margin = 16;

QString from(const std::string& text) {
    return QString::fromStdString(text);
}

QString linkTo(const QString& field, bool isMarked) {
    const QString style = isMarked
                              ? QStringLiteral("background-color:%1;")
                                    .arg(mixColors(tokens().field, tokens().accent, 0.35).name())
                              : QString();
    return QStringLiteral("<a href=\"%1\" style=\"color:%2;%3\">%1</a>")
        .arg(field, tokens().text.name(), style);
}

/// The formula with a link for each field in it, so that the field can be pointed at.
QString linkedFormula(const Derivation& step, const QString& marked) {
    QString html;
    for (const Sentence& part : step.formula.parts()) {
        const bool isField =
            std::find(step.fields.begin(), step.fields.end(), english(part)) != step.fields.end();
        const QString text = formulaPartText(part);
        html += isField ? linkTo(text, text == marked) : text.toHtmlEscaped();
    }
    return html;
}

QString valueText(const Derivation& step) {
    const QString number = step.is_integer ? QLocale().toString(static_cast<qlonglong>(step.exact))
                                           : format::significant(step.value, 4);
    return step.unit.empty() ? number : number + QChar(0x00a0) + sentenceText(named(step.unit));
}

/// Whether a text is nothing but the result again.
bool isResult(const std::string& substituted, const Derivation& step) {
    return substituted.empty() || substituted == english(step.formula) ||
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
    const Figure* known = find_figure(figure);
    return known == nullptr ? std::nullopt : quantity_from(known->derivation);
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
    connect(m_tree, &WhyTree::stepChanged, this, &WhyPanel::showStep);
    connect(m_tree, &WhyTree::fieldsPointed, this, &WhyPanel::fieldsPointed);
    connect(m_formula, &QLabel::linkHovered, this, [this](const QString& field) {
        if (field.isEmpty()) {
            pointAtStep();
        } else {
            emit fieldsPointed({field});
        }
    });
    m_formula->installEventFilter(this);
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
    m_formula->setTextFormat(Qt::RichText);
    m_formula->setTextInteractionFlags(m_formula->textInteractionFlags() |
                                       Qt::LinksAccessibleByMouse);
    m_numbers = makeBox(this);
    m_note = new QLabel(this);
    m_note->setWordWrap(true);
    m_source = new TextLabel(TextRole::Secondary, {}, this);
    m_source->setWordWrap(true);
    m_stepsHeading = new TextLabel(TextRole::Section, {}, this);
    m_tree = new WhyTree(this);
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
    std::optional<Derivation> derivation;
    m_error.clear();
    m_design.clear();
    const auto index = static_cast<std::size_t>(m_slot);
    if (index < result.results.size()) {
        m_design = from(result.study.designs[index].name);
        if (result.results[index].spec) {
            auto derived = explain(*result.results[index].spec, result.study.scenario,
                                   result.device, m_quantity);
            if (derived) {
                derivation = std::move(*derived);
            } else {
                m_error = errorText(derived.error());
            }
        } else {
            const std::optional<Error>& error = result.results[index].error;
            m_error = error ? errorText(*error) : QString();
        }
    }
    m_derivation = std::move(derivation);
    retranslate();
    m_tree->setDerivation(m_derivation ? &*m_derivation : nullptr);
}

void WhyPanel::showStep() {
    const Derivation* step = m_tree->currentStep();
    m_copyMarkdown->setEnabled(step != nullptr);
    m_copyLatex->setEnabled(step != nullptr);
    m_value->setText(step == nullptr ? QString() : valueText(*step));
    const auto show = [](QLabel* label, const QString& text) {
        label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    showFormula(step);
    show(m_numbers,
         step == nullptr || isResult(step->substituted, *step)
             ? QString()
             : formulaText(step->substituted) + QStringLiteral(" = ") + valueText(*step));
    show(m_note, step == nullptr ? m_error : sentenceText(step->note));
    show(m_source, step == nullptr ? QString() : from(step->source));
}

void WhyPanel::showFormula(const Derivation* step) {
    const bool any = step != nullptr && !step->formula.empty();
    m_formula->setText(any ? linkedFormula(*step, m_marked) : QString());
    m_formula->setVisible(any);
}

void WhyPanel::pointAtStep() {
    const Derivation* step = m_tree->currentStep();
    emit fieldsPointed(step == nullptr ? QStringList() : fieldsOf(*step));
}

void WhyPanel::markField(const QString& field) {
    if (field == m_marked) {
        return;
    }
    m_marked = field;
    m_tree->markField(field);
    showFormula(m_tree->currentStep());
}

bool WhyPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Enter) {
        pointAtStep();
    } else if (event->type() == QEvent::Leave) {
        emit fieldsPointed({});
    }
    return QWidget::eventFilter(watched, event);
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
        m_tree->setDerivation(m_derivation ? &*m_derivation : nullptr);
        showStep();
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
    showFormula(m_tree->currentStep());
    update();
}

void WhyPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().panel);
}

} // namespace headroom::ui
