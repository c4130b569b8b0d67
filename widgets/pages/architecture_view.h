// SPDX-License-Identifier: GPL-3.0-or-later
// ArchitectureView: each design as a stack of blocks, drawn from its resolved specification.
#pragma once

#include "widgets/pages/page.h"

#include <QString>
#include <QVector>

namespace headroom::ui {

/// One box of the stack.
struct ArchitectureBlock {
    enum class Kind { Embedding, Attention, FeedForward, Head };
    Kind kind = Kind::Embedding;
    QString title;
    QString detail;
    friend bool operator==(const ArchitectureBlock&, const ArchitectureBlock&) = default;
};

/// Blocks that repeat: "94 ×"; the embedding and the head repeat once.
struct ArchitectureGroup {
    QString count; ///< empty: once
    QString note;  ///< which layers, or where the norms stand
    QVector<ArchitectureBlock> blocks;
    friend bool operator==(const ArchitectureGroup&, const ArchitectureGroup&) = default;
};

/// The stack of a design from embedding to head; equal layers are one group.
[[nodiscard]] QVector<ArchitectureGroup> architectureOf(const ModelSpec& spec);

class ArchitectureView : public QWidget {
    Q_OBJECT

public:
    explicit ArchitectureView(QWidget* parent = nullptr);

    void setResult(const StudyResult& result);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void designSelected(int slot);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    struct Column {
        QString name;
        QString error;
        QVector<ArchitectureGroup> groups;
        friend bool operator==(const Column&, const Column&) = default;
    };
    [[nodiscard]] double naturalHeight(const Column& column) const;
    [[nodiscard]] QRectF columnRect(int slot) const;
    void paintColumn(QPainter& painter, const QRectF& area, int slot) const;

    QVector<Column> m_columns;
};

} // namespace headroom::ui
