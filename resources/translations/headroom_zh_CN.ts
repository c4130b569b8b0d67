<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Format</name>
    <message>
        <source>%1 (%2)</source>
        <comment>axis title (unit)</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>PlotView</name>
    <message>
        <source>  ⇕ drag</source>
        <translation>  ⇕ 可拖动</translation>
    </message>
    <message>
        <source>  ⇔ drag</source>
        <translation>  ⇔ 可拖动</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>lower</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>upper</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>error −</source>
        <translation>误差 −</translation>
    </message>
    <message>
        <source>error +</source>
        <translation>误差 +</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无内容</translation>
    </message>
    <message>
        <source>found %1, expected %2</source>
        <translation>得到 %1，应为 %2</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>%1 到 %2 之间的整数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>1 to 4 designs</source>
        <translation>1 到 4 个设计</translation>
    </message>
    <message>
        <source>as many designs as the study has</source>
        <translation>与当前方案数量相同的设计</translation>
    </message>
    <message>
        <source>not JSON: %1 at byte %2 of %3</source>
        <translation>不是 JSON：%1，位于第 %2 字节（共 %3 字节）</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>found a folder, expected a file</source>
        <translation>得到文件夹，应为文件</translation>
    </message>
    <message>
        <source>found %1 bytes, expected at most %2</source>
        <translation>得到 %1 字节，最多允许 %2 字节</translation>
    </message>
    <message>
        <source>a list of %1</source>
        <translation>含 %1 项的列表</translation>
    </message>
</context>
<context>
    <name>headroom::ui</name>
    <message>
        <source>size %1 × %2 at %3 dpi is too small or the dpi is out of 24 to 2400; the least size is 100 × 80</source>
        <translation>尺寸 %1 × %2、分辨率 %3 dpi 过小，或 dpi 不在 24 到 2400 之间；最小尺寸为 100 × 80</translation>
    </message>
    <message>
        <source>%1 × %2 pixels is too large an image; lower the size or the dpi</source>
        <translation>%1 × %2 像素的图像过大，请减小尺寸或 dpi</translation>
    </message>
    <message>
        <source>the chart could not be drawn</source>
        <translation>无法绘制图表</translation>
    </message>
    <message>
        <source>%1 = %2</source>
        <translation>%1 = %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source> (%1)</source>
        <translation>（%1）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1 %2%3</source>
        <translation>%1 %2%3</translation>
    </message>
    <message>
        <source>Bar chart of %1.</source>
        <translation>%1 的柱状图。</translation>
    </message>
    <message>
        <source>Chart of %1 against %2.</source>
        <translation>%1 随 %2 变化的曲线图。</translation>
    </message>
    <message>
        <source>%1: from %2 at %3 to %4 at %5.</source>
        <translation>%1：从 %3 处的 %2 到 %5 处的 %4。</translation>
    </message>
    <message>
        <source>Line %1 at %2.</source>
        <translation>标线 %1，位于 %2。</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DesignChip</name>
    <message>
        <source>Design %1: %2</source>
        <translation>设计 %1：%2</translation>
    </message>
    <message>
        <source>%1: this design has errors</source>
        <translation>%1：此设计有错误</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DesignsPanel</name>
    <message>
        <source>Designs</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>Add a design to compare</source>
        <translation>添加一个用于比较的设计</translation>
    </message>
    <message>
        <source>Add a design</source>
        <translation>添加设计</translation>
    </message>
</context>
<context>
    <name>headroom::ui::Document</name>
    <message>
        <source>There is no field named %1.</source>
        <translation>没有名为 %1 的字段。</translation>
    </message>
    <message>
        <source>Set %1 to %2</source>
        <extracomment>An entry of the undo menu: a field of config.json gets a value.</extracomment>
        <translation>将 %1 设为 %2</translation>
    </message>
    <message>
        <source>Change the deployment</source>
        <translation>更改部署</translation>
    </message>
    <message>
        <source>Change the workload</source>
        <translation>更改负载</translation>
    </message>
    <message>
        <source>Change the number formats</source>
        <translation>更改数值格式</translation>
    </message>
    <message>
        <source>Load %1</source>
        <translation>载入 %1</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Rename to %1</source>
        <translation>重命名为 %1</translation>
    </message>
    <message>
        <source>Swap designs</source>
        <translation>交换设计</translation>
    </message>
    <message>
        <source>Pin this state</source>
        <translation>固定当前状态</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Restore the last session</source>
        <translation>恢复上次会话</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>新建会话</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ExportDialog</name>
    <message>
        <source>Paper column</source>
        <translation>论文单栏</translation>
    </message>
    <message>
        <source>Paper page</source>
        <translation>论文通栏</translation>
    </message>
    <message>
        <source>Slide 16:9</source>
        <translation>幻灯片 16:9</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>正方形</translation>
    </message>
    <message>
        <source>Export chart</source>
        <translation>导出图表</translation>
    </message>
    <message>
        <source>Own size</source>
        <translation>自定义尺寸</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>尺寸(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Width</source>
        <translation>宽度(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Height</source>
        <translation>高度(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Resolution (dpi)</source>
        <translation>分辨率(dpi)(&amp;R)</translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation>主题(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>Vector graphics, %1 × %2</source>
        <translation>矢量图，%1 × %2</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>%1 file (*.%2)</source>
        <translation>%1 文件 (*.%2)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::HeadlineBar</name>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>激活参数</translation>
    </message>
    <message>
        <source>KV per token</source>
        <translation>每词元 KV</translation>
    </message>
    <message>
        <source>Memory per GPU</source>
        <translation>每卡显存</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首词元延迟</translation>
    </message>
    <message>
        <source>Per token</source>
        <translation>每词元延迟</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>before: %1 (%2)</source>
        <translation>之前：%1（%2）</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>可容纳</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>放不下</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>Headline figures</source>
        <translation>关键指标</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MainWindow</name>
    <message>
        <source>Headroom did not close in order. Your last session is back.</source>
        <translation>Headroom 上次未正常关闭，已恢复您的会话。</translation>
    </message>
    <message>
        <source>Start fresh</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Open a session or a config.json</source>
        <translation>打开会话或 config.json</translation>
    </message>
    <message>
        <source>Sessions and configurations (*.headroom *.json)</source>
        <translation>会话与配置 (*.headroom *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Save the session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Sessions (*.headroom)</source>
        <translation>会话 (*.headroom)</translation>
    </message>
    <message>
        <source>Export the design as config.json</source>
        <translation>将设计导出为 config.json</translation>
    </message>
    <message>
        <source>Configurations (*.json)</source>
        <translation>配置 (*.json)</translation>
    </message>
    <message>
        <source>Rename design %1</source>
        <translation>重命名设计 %1</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>名称：</translation>
    </message>
    <message>
        <source>Ctrl+1 … 9</source>
        <translation>Ctrl+1 … 9</translation>
    </message>
    <message>
        <source>Show a page</source>
        <translation>显示页面</translation>
    </message>
    <message>
        <source>Alt+1 … 4</source>
        <translation>Alt+1 … 4</translation>
    </message>
    <message>
        <source>Edit a design</source>
        <translation>编辑设计</translation>
    </message>
    <message>
        <source>Tab, arrow keys</source>
        <translation>Tab、方向键</translation>
    </message>
    <message>
        <source>Move between fields; step a value or move a chart&apos;s readout</source>
        <translation>在字段间移动；步进数值，或移动图表读数</translation>
    </message>
    <message>
        <source>Ctrl+C in a chart</source>
        <translation>在图表中按 Ctrl+C</translation>
    </message>
    <message>
        <source>Copy the chart as an image and its data as text</source>
        <translation>将图表复制为图像，并将数据复制为文本</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About Headroom</source>
        <translation>关于 Headroom</translation>
    </message>
    <message>
        <source>A lab for Transformer design: edit a model and every estimate and every plot follows at once.</source>
        <translation>Transformer 设计实验室：修改模型，所有估算与图表即时更新。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。不提供任何担保。</translation>
    </message>
    <message>
        <source>Built with Qt %1, QCustomPlot and nlohmann/json.</source>
        <translation>基于 Qt %1、QCustomPlot 与 nlohmann/json 构建。</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New session</source>
        <translation>新建会话(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open session or config.json…</source>
        <translation>打开会话或 config.json(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save session</source>
        <translation>保存会话(&amp;S)</translation>
    </message>
    <message>
        <source>Save session &amp;as…</source>
        <translation>会话另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Export &amp;config.json of the design…</source>
        <translation>导出设计的 config.json(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Export chart…</source>
        <translation>导出图表(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Copy chart</source>
        <translation>复制图表(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Units of memory</source>
        <translation>内存单位(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Binary (KiB, MiB, GiB)</source>
        <translation>二进制 (KiB、MiB、GiB)(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Decimal (kB, MB, GB)</source>
        <translation>十进制 (kB、MB、GB)(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Designs</source>
        <translation>设计(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Workload bar</source>
        <translation>负载栏(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Headline figures</source>
        <translation>关键指标(&amp;H)</translation>
    </message>
    <message>
        <source>Hide the state &amp;before the edit</source>
        <translation>隐藏编辑前的状态(&amp;B)</translation>
    </message>
    <message>
        <source>P&amp;resenter mode</source>
        <translation>演示模式(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Design</source>
        <translation>设计(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Load preset</source>
        <translation>载入预设(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Add a design…</source>
        <translation>添加设计(&amp;A)…</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>复制为新设计(&amp;U)</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>重命名(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Swap with the next</source>
        <translation>与下一个交换(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pin this state as the reference</source>
        <translation>将当前状态固定为参照(&amp;P)</translation>
    </message>
    <message>
        <source>Un&amp;pin: show no changes</source>
        <translation>取消固定：不显示变化(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Licence</source>
        <translation>许可证(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About Headroom</source>
        <translation>关于 Headroom(&amp;A)</translation>
    </message>
    <message>
        <source>Edit %1 %2</source>
        <translation>编辑 %1 %2</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>untitled session</source>
        <translation>未命名会话</translation>
    </message>
    <message>
        <source>%1[*] – Headroom</source>
        <translation>%1[*] – Headroom</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Designs</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>复制 %1</translation>
    </message>
    <message>
        <source>Open a config.json…</source>
        <translation>打开 config.json…</translation>
    </message>
</context>
<context>
    <name>headroom::ui::NoticeBar</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PlotView</name>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Show the same data as a table</source>
        <translation>以表格显示相同数据</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the chart as an image and its data as CSV (Ctrl+C)</source>
        <translation>将图表复制为图像，并将数据复制为 CSV (Ctrl+C)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save the chart as PNG, SVG, PDF or CSV</source>
        <translation>将图表保存为 PNG、SVG、PDF 或 CSV</translation>
    </message>
    <message>
        <source>Data of the chart</source>
        <translation>图表数据</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SessionController</name>
    <message>
        <source>The last session could not be restored. %1</source>
        <translation>无法恢复上次会话。%1</translation>
    </message>
    <message>
        <source>The session was not saved. %1</source>
        <translation>会话未保存。%1</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>The configuration was not saved. %1</source>
        <translation>配置未保存。%1</translation>
    </message>
    <message>
        <source>The running session cannot be kept. %1</source>
        <translation>无法自动保存当前会话。%1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::WorkloadBar</name>
    <message>
        <source>as weights</source>
        <translation>同权重</translation>
    </message>
    <message>
        <source>Workload, number formats and deployment</source>
        <translation>负载、数值格式与部署</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Sequences that are processed at the same time</source>
        <translation>同时处理的序列数</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Tokens of one prompt (prefill)</source>
        <translation>单个提示的词元数（预填充）</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Tokens that are generated for one prompt (decode)</source>
        <translation>每个提示生成的词元数（解码）</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Tokens in the cache where memory and decode time are measured</source>
        <translation>计算内存与解码时间时缓存中的词元数</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Number format of the weights</source>
        <translation>权重的数值格式</translation>
    </message>
    <message>
        <source>Experts in</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Number format of the routed experts&apos; weights</source>
        <translation>路由专家权重的数值格式</translation>
    </message>
    <message>
        <source>KV</source>
        <translation>KV</translation>
    </message>
    <message>
        <source>Number format of the KV cache</source>
        <translation>键值缓存的数值格式</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Number and kind of the devices</source>
        <translation>设备的数量与型号</translation>
    </message>
    <message>
        <source>TP</source>
        <translation>TP</translation>
    </message>
    <message>
        <source>Tensor parallel: every layer is split over this many devices</source>
        <translation>张量并行：每一层切分到这么多设备上</translation>
    </message>
    <message>
        <source>PP</source>
        <translation>PP</translation>
    </message>
    <message>
        <source>Pipeline parallel: the layers are dealt out to this many stages</source>
        <translation>流水线并行：各层分配到这么多阶段</translation>
    </message>
    <message>
        <source>EP</source>
        <translation>EP</translation>
    </message>
    <message>
        <source>Expert parallel: the experts are dealt out to this many devices</source>
        <translation>专家并行：专家分配到这么多设备上</translation>
    </message>
    <message>
        <source>Number of devices</source>
        <translation>设备数量</translation>
    </message>
    <message>
        <source>Kind of device</source>
        <translation>设备型号</translation>
    </message>
</context>
<context>
    <name>headroom::ui::format</name>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>ns</source>
        <translation>纳秒</translation>
    </message>
    <message>
        <source>µs</source>
        <translation>微秒</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>h</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>tok/s</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>−∞</source>
        <translation>−∞</translation>
    </message>
    <message>
        <source>∞</source>
        <translation>∞</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>bytes/s</source>
        <translation>字节/秒</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>%1% more</source>
        <translation>多 %1%</translation>
    </message>
    <message>
        <source>%1% less</source>
        <translation>少 %1%</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>增至 %1</translation>
    </message>
    <message>
        <source>%1 less</source>
        <translation>缩减 %1</translation>
    </message>
</context>
</TS>
