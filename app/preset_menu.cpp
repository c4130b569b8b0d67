// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preset_menu.h"

#include "core/presets/presets.h"

#include <QMenu>

namespace headroom::ui {

void addPresetEntries(QMenu& menu, const std::function<void(const QString& id)>& choose) {
    QMenu* family = nullptr;
    QString name;
    for (const ModelPreset& preset : model_presets()) {
        // Presets come sorted by family.
        const QString presetFamily = QString::fromStdString(preset.family);
        if (family == nullptr || name != presetFamily) {
            name = presetFamily;
            family = menu.addMenu(name);
        }
        const QString id = QString::fromStdString(preset.id);
        QAction* action = family->addAction(QString::fromStdString(preset.name));
        action->setToolTip(QString::fromStdString(preset.source));
        QObject::connect(action, &QAction::triggered, action, [choose, id] { choose(id); });
    }
}

} // namespace headroom::ui
