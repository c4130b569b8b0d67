// SPDX-License-Identifier: GPL-3.0-or-later
// Theme: the light or dark look of the whole program, following the system unless overridden.
#pragma once

#include "widgets/theme/tokens.h"

#include <QObject>
#include <QPalette>

class QApplication;

namespace headroom::ui {

class Theme : public QObject {
    Q_OBJECT

public:
    enum class Mode { FollowSystem, Light, Dark };

    /// The one theme of the process. Usable without install(): widgets then read its tokens.
    static Theme& instance();

    /// Puts style, palette and font on the application; call once after its construction.
    void install(QApplication& application);

    void setMode(Mode mode);
    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] bool isDark() const { return m_tokens->dark; }
    [[nodiscard]] const Tokens& tokens() const { return *m_tokens; }

    /// Enlarges all type (presenter mode); emits changed().
    void setTypeScale(double factor);

    /// Whether a palette is dark: its text is lighter than its window.
    [[nodiscard]] static bool isDarkPalette(const QPalette& palette);
    [[nodiscard]] static QPalette paletteFor(const Tokens& tokens);

signals:
    /// Colours or type sizes changed; palette and style are already in force.
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Theme();
    void apply();
    void readSystem();

    Mode m_mode = Mode::FollowSystem;
    bool m_systemIsDark = false;
    bool m_readingSystem = false;
    QApplication* m_application = nullptr;
    const Tokens* m_tokens = nullptr;
};

/// The tokens in force.
[[nodiscard]] inline const Tokens& tokens() {
    return Theme::instance().tokens();
}

} // namespace headroom::ui
