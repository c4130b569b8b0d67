// SPDX-License-Identifier: GPL-3.0-or-later
// Small controls that the pages share: section headings, design chips, advice, fitted titles.
#pragma once

#include "widgets/theme/tokens.h"

#include <QAbstractButton>
#include <QFrame>
#include <QLabel>

class QScrollArea;

namespace headroom::ui {

/// Draws a control (slider, check box, tab bar) in a design's colour instead of the accent; -1
/// takes it back.
void setDesignSlot(QWidget* widget, int slot);
/// The colour a control is drawn with: its design's, or the accent.
[[nodiscard]] QColor controlAccent(const QWidget* widget, const Tokens& tokens);

/// How a label speaks; its font and colour follow the theme.
enum class TextRole { Body, Secondary, Section, Figure, Title, Good, Bad, Code };

/// A label whose font and colour follow the theme by role.
class TextLabel : public QLabel {
    Q_OBJECT

public:
    explicit TextLabel(TextRole role, const QString& text = QString(), QWidget* parent = nullptr);
    void setRole(TextRole role);
    [[nodiscard]] TextRole role() const { return m_role; }

private:
    void applyTheme();
    TextRole m_role;
};

/// Heading of a group: 11 px spaced capitals.
class SectionHeading : public TextLabel {
    Q_OBJECT

public:
    explicit SectionHeading(const QString& text = QString(), QWidget* parent = nullptr)
        : TextLabel(TextRole::Section, text, parent) {}
};

/// One line of text that shrinks a little, then ends in an ellipsis, so that nothing wraps or
/// jumps; the whole text is its tooltip when it does not fit.
class TitleLabel : public QWidget {
    Q_OBJECT

public:
    explicit TitleLabel(TextRole role, QWidget* parent = nullptr);
    void setText(const QString& text);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QFont fittedFont() const;
    TextRole m_role;
    QString m_text;
};

/// "A Qwen3-235B": outlined in the design's colour when checked.
class DesignChip : public QAbstractButton {
    Q_OBJECT

public:
    explicit DesignChip(int slot, const QString& name, QWidget* parent = nullptr);
    [[nodiscard]] int slot() const { return m_slot; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_slot;
};

/// Advice or a finding under its field, in words, with an optional link to a fix.
class AdviceLabel : public QLabel {
    Q_OBJECT

public:
    enum class Severity { Advice, Warning, Error };
    explicit AdviceLabel(QWidget* parent = nullptr);
    void setSeverity(Severity severity);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void applyTheme();
    Severity m_severity = Severity::Advice;
};

/// `contents` as wide as its place and at least as high as it needs: it scrolls where that is more.
[[nodiscard]] QScrollArea* scrolledWhenLow(QWidget* contents, QWidget* parent);

/// A one-pixel line in the theme's line colour.
class Hairline : public QWidget {
    Q_OBJECT

public:
    explicit Hairline(Qt::Orientation orientation, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace headroom::ui
