// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editors/list_dialog.h"

#include "core/config/expand.h"
#include "core/config/layer_spec.h"
#include "widgets/theme/controls.h"
#include "widgets/words/field_text.h"
#include "widgets/words/sentence_text.h"

#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <vector>

namespace headroom::ui {

namespace {

bool isPerLayer(const FieldInfo& field) {
    return field.name != "mlp_only_layers" && field.name != "moe_layers";
}

/// A list that is shorter than the model repeats itself; a value of another kind stays as it is.
template <class Value>
void repeatPattern(Value& /*value*/, std::size_t /*layers*/) {}

template <class Item>
void repeatPattern(std::vector<Item>& values, std::size_t layers) {
    const std::size_t period = values.size();
    while (period > 0 && values.size() < layers) {
        values.push_back(values[values.size() - period]);
    }
}

} // namespace

ListDialog::ListDialog(const FieldInfo& field, const ModelConfig& config, QWidget* parent)
    : QDialog(parent)
    , m_field(field)
    , m_config(config)
    , m_value(field_value(config, field))
    , m_edit(new QPlainTextEdit(this))
    , m_state(new TextLabel(TextRole::Secondary, QString(), this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this)) {
    setWindowTitle(fieldLabel(field.name));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    const QString help =
        isPerLayer(field)
            ? tr("One value for each of the %1 layers, separated by commas. A shorter list is "
                 "repeated; an empty one leaves it to the family's pattern.")
                  .arg(config.num_hidden_layers)
            : tr("Numbers of layers, counted from 0, separated by commas.");
    auto* explanation = new TextLabel(TextRole::Secondary, help, this);
    explanation->setWordWrap(true);
    column->addWidget(explanation);
    m_edit->setFont(codeFont());
    QString text = QString::fromStdString(to_text(m_value));
    text.remove(u'[').remove(u']');
    m_edit->setPlainText(text);
    m_edit->setAccessibleName(fieldLabel(field.name));
    column->addWidget(m_edit, 1);
    m_state->setWordWrap(true);
    column->addWidget(m_state);
    column->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &ListDialog::check);
    resize(480, 300);
    check();
}

QString ListDialog::problem(const QString& text) {
    QString list = text.simplified();
    list.remove(u'[').remove(u']');
    ModelConfig edited = m_config;
    const std::string bracketed = "[" + list.toStdString() + "]";
    if (const Status status = set_field_from_text(edited, m_field.name, bracketed); !status) {
        return errorText(status.error());
    }
    FieldValue value = field_value(edited, m_field);
    if (isPerLayer(m_field)) {
        const auto layers = static_cast<std::size_t>(m_config.num_hidden_layers);
        std::visit([&](auto& values) { repeatPattern(values, layers); }, value);
        if (const Status status = set_field(edited, m_field, value); !status) {
            return errorText(status.error());
        }
    }
    for (const Finding& finding : validate(edited)) {
        if (finding.severity == Severity::Error && fieldOfFinding(finding) == m_field.name) {
            return findingText(finding);
        }
    }
    m_value = value;
    return {};
}

void ListDialog::check() {
    const QString wrong = problem(m_edit->toPlainText());
    m_state->setText(wrong.isEmpty() ? fieldValueText(m_field, m_value) : wrong);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(wrong.isEmpty());
}

} // namespace headroom::ui
