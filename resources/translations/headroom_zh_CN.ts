<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ArchitectureView</name>
    <message>
        <source>%1 before each</source>
        <translation>每个子层前 %1</translation>
    </message>
    <message>
        <source>%1 after each sum</source>
        <translation>每次求和后 %1</translation>
    </message>
    <message>
        <source>%1 on each output</source>
        <translation>每个输出上 %1</translation>
    </message>
    <message>
        <source>%1 before and after each</source>
        <translation>每个子层前后 %1</translation>
    </message>
    <message>
        <source>%1 learned positions</source>
        <translation>%1 个可学习位置</translation>
    </message>
    <message>
        <source>Token embedding</source>
        <translation>词元嵌入</translation>
    </message>
    <message>
        <source>further layers of %1 kinds</source>
        <translation>另有 %1 种层</translation>
    </message>
    <message>
        <source>%1 and output head</source>
        <translation>%1 与输出头</translation>
    </message>
    <message>
        <source>the head is the embedding matrix</source>
        <translation>输出头即嵌入矩阵</translation>
    </message>
    <message>
        <source>%1 extra prediction layers</source>
        <translation>%1 个额外预测层</translation>
    </message>
    <message>
        <source>1 extra prediction layer</source>
        <translation>1 个额外预测层</translation>
    </message>
</context>
<context>
    <name>Charts</name>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Shared experts</source>
        <translation>共享专家</translation>
    </message>
    <message>
        <source>Dense feed-forward</source>
        <translation>稠密前馈</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Embedding and head</source>
        <translation>嵌入与输出头</translation>
    </message>
    <message>
        <source>Router, norms, other</source>
        <translation>路由、归一化及其他</translation>
    </message>
    <message>
        <source>before the edit: %1</source>
        <translation>编辑前：%1</translation>
    </message>
    <message>
        <source>before the edit</source>
        <translation>编辑前</translation>
    </message>
    <message>
        <source>No design has figures yet.
%1</source>
        <translation>尚无设计有结果。
%1</translation>
    </message>
    <message>
        <source>Add a design to see its figures.</source>
        <translation>添加设计以查看其指标。</translation>
    </message>
    <message>
        <source>Parameters, total and active</source>
        <translation>参数量：总量与激活</translation>
    </message>
    <message>
        <source>Parameters by group</source>
        <translation>按组划分的参数量</translation>
    </message>
    <message>
        <source>Memory of a device against context</source>
        <translation>设备内存随上下文的变化</translation>
    </message>
    <message>
        <source>KV cache of a sequence against context</source>
        <translation>单序列键值缓存随上下文的变化</translation>
    </message>
    <message>
        <source>Tokens per second against batch or context</source>
        <translation>每秒词元数随批大小或上下文的变化</translation>
    </message>
    <message>
        <source>Time per token against batch or context</source>
        <translation>每词元时间随批大小或上下文的变化</translation>
    </message>
    <message>
        <source>Operators of a step under the device&apos;s roof</source>
        <translation>单步算子与设备屋顶线</translation>
    </message>
    <message>
        <source>Figures as multiples of the first design&apos;s</source>
        <translation>各指标相对第一个设计的倍数</translation>
    </message>
    <message>
        <source>Nothing to draw yet</source>
        <translation>暂无可绘制内容</translation>
    </message>
    <message>
        <source>Nothing to compare yet</source>
        <translation>暂无可比较内容</translation>
    </message>
    <message>
        <source>Add a second design to compare</source>
        <translation>添加第二个设计进行比较</translation>
    </message>
    <message>
        <source>%1 and %2 store the same weights and cache</source>
        <translation>%1 与 %2 的权重和缓存大小相同</translation>
    </message>
    <message>
        <source>%1 stores %2 the weights and %3 the cache of %4</source>
        <translation>%1 的权重为 %4 的 %2，缓存为其 %3</translation>
    </message>
    <message>
        <source>Figures as multiples of %1&apos;s, at %2, batch %3, on %4</source>
        <translation>各指标相对 %1 的倍数，%2，批大小 %3，%4</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Multiple of the first design</source>
        <translation>相对第一个设计的倍数</translation>
    </message>
    <message>
        <source>%1 fits up to %2</source>
        <translation>%1 最多容纳 %2</translation>
    </message>
    <message>
        <source>%1 now keeps %2 at %3: %4 than before</source>
        <translation>%1 在 %3 时占用 %2：较之前%4</translation>
    </message>
    <message>
        <source>%1 keeps %2 for a sequence of %3</source>
        <translation>%1 对 %3 的序列占用 %2</translation>
    </message>
    <message>
        <source>All designs keep %1 for a sequence of %2</source>
        <translation>所有设计对 %2 的序列均占用 %1</translation>
    </message>
    <message>
        <source>%1 keeps %2 per token than %3</source>
        <translation>%1 的每词元缓存较 %3 %2</translation>
    </message>
    <message>
        <source>%1 keeps %2 than %3 at %4</source>
        <translation>%4 时，%1 的缓存较 %3 %2</translation>
    </message>
    <message>
        <source>such devices</source>
        <translation>此类设备</translation>
    </message>
    <message>
        <source>%1 does not fit on %2 at batch %3</source>
        <translation>批大小 %3 时，%1 放不进 %2</translation>
    </message>
    <message>
        <source>No design fits on %1 at batch %2</source>
        <translation>批大小 %2 时，没有设计能放进 %1</translation>
    </message>
    <message>
        <source>%1 fits on %2 up to %3</source>
        <translation>%1 在 %2 上最多容纳 %3</translation>
    </message>
    <message>
        <source>Every design fits on %1 up to %2</source>
        <translation>所有设计在 %1 上均可容纳到 %2</translation>
    </message>
    <message>
        <source>%1 fits up to %2, %3 not at all</source>
        <translation>%1 最多容纳 %2，%3 完全放不下</translation>
    </message>
    <message>
        <source>%1 fits up to %2, %3 up to %4</source>
        <translation>%1 最多容纳 %2，%3 最多 %4</translation>
    </message>
    <message>
        <source>room for %1 on %2 at batch %3: %4 per sequence</source>
        <translation>批大小 %3 时 %1 在 %2 上的余量：每序列 %4</translation>
    </message>
    <message>
        <source>if it had %1 (%2 has %3)</source>
        <translation>假设有 %1（%2 为 %3）</translation>
    </message>
    <message>
        <source>memory of one %1: %2</source>
        <translation>单个 %1 的内存：%2</translation>
    </message>
    <message>
        <source>memory of %1 × %2: %3</source>
        <translation>%1 × %2 的内存：%3</translation>
    </message>
    <message>
        <source>Context length</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>KV cache of one sequence, %1</source>
        <translation>单序列键值缓存，%1</translation>
    </message>
    <message>
        <source>KV cache per sequence</source>
        <translation>每序列键值缓存</translation>
    </message>
    <message>
        <source>Weights (%1), KV cache (%2) and workspace of one replica at batch %3</source>
        <translation>单副本的权重（%1）、键值缓存（%2）与工作区，批大小 %3</translation>
    </message>
    <message>
        <source>Memory of one replica</source>
        <translation>单副本内存</translation>
    </message>
    <message>
        <source>Weights (%1), KV cache (%2) and workspace on the fullest of %3 at batch %4</source>
        <translation>%3 中占用最高设备的权重（%1）、键值缓存（%2）与工作区，批大小 %4</translation>
    </message>
    <message>
        <source>Memory per device</source>
        <translation>每设备内存</translation>
    </message>
    <message>
        <source>total</source>
        <translation>总量</translation>
    </message>
    <message>
        <source>active per token</source>
        <translation>每词元激活</translation>
    </message>
    <message>
        <source>%1 has %2 parameters and reads %3 of them per token</source>
        <translation>%1 有 %2 参数，每词元读取其中 %3</translation>
    </message>
    <message>
        <source>%1 has %2 parameters, all read for each token</source>
        <translation>%1 有 %2 参数，每词元全部读取</translation>
    </message>
    <message>
        <source>%1 has %2 parameters than %3</source>
        <translation>%1 的参数量较 %3 %2</translation>
    </message>
    <message>
        <source>Trainable weights; active leaves out the input embedding, a lookup</source>
        <translation>可训练权重；激活参数不含查表式的输入嵌入</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Parameters by group: all, and those read for one token with the input embedding</source>
        <translation>按组划分的参数：全部，以及单词元读取的部分（含输入嵌入）</translation>
    </message>
    <message>
        <source>Design</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>Share of parameters</source>
        <translation>参数占比</translation>
    </message>
    <message>
        <source>compute</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>memory bandwidth</source>
        <translation>内存带宽</translation>
    </message>
    <message>
        <source>launch overhead</source>
        <translation>启动开销</translation>
    </message>
    <message>
        <source>communication</source>
        <translation>通信</translation>
    </message>
    <message>
        <source>prefill</source>
        <translation>预填充</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>%1 spends %2 of its %3 on %4</source>
        <translation>%1 的%3有 %2 用于%4</translation>
    </message>
    <message>
        <source>Operators of one %1 step at batch %2 on %3, by estimate</source>
        <translation>单个%1步骤的算子（估算），批大小 %2，%3</translation>
    </message>
    <message>
        <source>Arithmetic intensity</source>
        <translation>算术强度</translation>
    </message>
    <message>
        <source>FLOP per byte</source>
        <translation>FLOP/字节</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>batch %1</source>
        <translation>批大小 %1</translation>
    </message>
    <message>
        <source>No design fits on %1 at %2</source>
        <translation>%2 时没有设计能放进 %1</translation>
    </message>
    <message>
        <source>%1: %2 at %3</source>
        <translation>%1：%3 时为 %2</translation>
    </message>
    <message>
        <source>Only %1 fits at %3: %2</source>
        <translation>%3 时仅 %1 可容纳：%2</translation>
    </message>
    <message>
        <source>%1 and %2 are within the estimate&apos;s error at %3</source>
        <translation>%3 时 %1 与 %2 的差距在估算误差之内</translation>
    </message>
    <message>
        <source>%1 generates %2 as many tokens per second as %3 at %4</source>
        <translation>%4 时 %1 每秒生成的词元数为 %3 的 %2</translation>
    </message>
    <message>
        <source>%1 answers each user %2 as fast as %3 at %4</source>
        <translation>%4 时 %1 对每个用户的速度为 %3 的 %2</translation>
    </message>
    <message>
        <source>%3 takes %2 as long per token as %1 at %4</source>
        <translation>%4 时 %3 的每词元时间为 %1 的 %2</translation>
    </message>
    <message>
        <source>%3 takes %2 as long to its first token as %1 at %4</source>
        <translation>%4 时 %3 的首词元时间为 %1 的 %2</translation>
    </message>
    <message>
        <source>Decode speed of all sequences</source>
        <translation>所有序列的解码速度</translation>
    </message>
    <message>
        <source>Decode speed of one sequence</source>
        <translation>单序列的解码速度</translation>
    </message>
    <message>
        <source>Time per output token</source>
        <translation>每输出词元时间</translation>
    </message>
    <message>
        <source>Time to the first token</source>
        <translation>首词元时间</translation>
    </message>
    <message>
        <source>prompts of %1</source>
        <translation>提示长度 %1</translation>
    </message>
    <message>
        <source>context %1</source>
        <translation>上下文 %1</translation>
    </message>
    <message>
        <source>constants fitted to measurements</source>
        <translation>常数由实测拟合</translation>
    </message>
    <message>
        <source>typical constants, not measured</source>
        <translation>典型常数，未经实测</translation>
    </message>
    <message>
        <source>Batch (sequences at a time)</source>
        <translation>批大小（同时处理的序列数）</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Throughput per user</source>
        <translation>每用户吞吐量</translation>
    </message>
    <message>
        <source>Time per token</source>
        <translation>每词元时间</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首词元时间</translation>
    </message>
    <message>
        <source>%1 of %2 sits in its %3</source>
        <translation>%2 的 %1 在其%3中</translation>
    </message>
    <message>
        <source>memory full at %1</source>
        <translation>%1 时内存已满</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>Family</source>
        <translation>模型族</translation>
    </message>
    <message>
        <source>Which reference implementation the design follows</source>
        <translation>设计所遵循的参考实现</translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation>隐藏维度</translation>
    </message>
    <message>
        <source>Width of the residual stream</source>
        <translation>残差流的宽度</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Longest context</source>
        <translation>最长上下文</translation>
    </message>
    <message>
        <source>Tokens the design is trained or stretched for</source>
        <translation>设计训练或扩展到的词元数</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>注意力头</translation>
    </message>
    <message>
        <source>Query heads</source>
        <translation>查询头</translation>
    </message>
    <message>
        <source>KV heads</source>
        <translation>KV 头</translation>
    </message>
    <message>
        <source>Heads that leave keys and values in the cache</source>
        <translation>在缓存中保留键和值的头</translation>
    </message>
    <message>
        <source>Head dim</source>
        <translation>头维度</translation>
    </message>
    <message>
        <source>Dimensions of one head</source>
        <translation>单个头的维度</translation>
    </message>
    <message>
        <source>Query rank</source>
        <translation>查询秩</translation>
    </message>
    <message>
        <source>Rank of the compressed query; off: full rank</source>
        <translation>压缩查询的秩；关：满秩</translation>
    </message>
    <message>
        <source>Latent rank</source>
        <translation>潜在秩</translation>
    </message>
    <message>
        <source>Width of the latent that replaces keys and values</source>
        <translation>替代键和值的潜在向量宽度</translation>
    </message>
    <message>
        <source>Key dim without RoPE</source>
        <translation>无 RoPE 键维度</translation>
    </message>
    <message>
        <source>Key dim with RoPE</source>
        <translation>RoPE 键维度</translation>
    </message>
    <message>
        <source>Shared by all heads and cached beside the latent</source>
        <translation>由所有头共享，与潜在向量一同缓存</translation>
    </message>
    <message>
        <source>Value dim</source>
        <translation>值维度</translation>
    </message>
    <message>
        <source>Sliding window</source>
        <translation>滑动窗口</translation>
    </message>
    <message>
        <source>Tokens that a sliding layer looks back on</source>
        <translation>滑动层回看的词元数</translation>
    </message>
    <message>
        <source>Use the window</source>
        <translation>启用窗口</translation>
    </message>
    <message>
        <source>Window from layer</source>
        <translation>窗口起始层</translation>
    </message>
    <message>
        <source>Layers from this one on slide</source>
        <translation>从该层起使用滑动窗口</translation>
    </message>
    <message>
        <source>Global layer every</source>
        <translation>全局层间隔</translation>
    </message>
    <message>
        <source>Every n-th layer sees the whole context</source>
        <translation>每 n 层有一层可见整个上下文</translation>
    </message>
    <message>
        <source>Attention chunk</source>
        <translation>注意力分块</translation>
    </message>
    <message>
        <source>Layer pattern</source>
        <translation>层模式</translation>
    </message>
    <message>
        <source>Layers sharing a cache</source>
        <translation>共享缓存的层</translation>
    </message>
    <message>
        <source>Last layers, which read an earlier layer&apos;s cache</source>
        <translation>末尾若干层，读取前面层的缓存</translation>
    </message>
    <message>
        <source>Attention biases</source>
        <translation>注意力偏置</translation>
    </message>
    <message>
        <source>QK norm</source>
        <translation>QK 归一化</translation>
    </message>
    <message>
        <source>Query scale base</source>
        <translation>查询缩放基数</translation>
    </message>
    <message>
        <source>Scores are scaled by this number to the power of −1/2</source>
        <translation>注意力分数按该数的 −1/2 次方缩放</translation>
    </message>
    <message>
        <source>Score soft cap</source>
        <translation>分数软上限</translation>
    </message>
    <message>
        <source>Logit soft cap</source>
        <translation>logit 软上限</translation>
    </message>
    <message>
        <source>Temperature tuning</source>
        <translation>温度调节</translation>
    </message>
    <message>
        <source>Temperature floor</source>
        <translation>温度下限</translation>
    </message>
    <message>
        <source>Temperature scale</source>
        <translation>温度系数</translation>
    </message>
    <message>
        <source>RoPE base θ</source>
        <translation>RoPE 基数 θ</translation>
    </message>
    <message>
        <source>RoPE base θ, sliding</source>
        <translation>RoPE 基数 θ（滑动层）</translation>
    </message>
    <message>
        <source>Rotated share</source>
        <translation>旋转比例</translation>
    </message>
    <message>
        <source>Share of a head&apos;s dimensions that turn</source>
        <translation>头维度中参与旋转的比例</translation>
    </message>
    <message>
        <source>Interleaved RoPE</source>
        <translation>交错式 RoPE</translation>
    </message>
    <message>
        <source>No RoPE every</source>
        <translation>无 RoPE 层间隔</translation>
    </message>
    <message>
        <source>Every n-th layer has no position embedding</source>
        <translation>每 n 层有一层不使用位置编码</translation>
    </message>
    <message>
        <source>RoPE by layer</source>
        <translation>逐层 RoPE</translation>
    </message>
    <message>
        <source>Feed-forward width</source>
        <translation>前馈宽度</translation>
    </message>
    <message>
        <source>Width by layer</source>
        <translation>逐层宽度</translation>
    </message>
    <message>
        <source>Dense width</source>
        <translation>稠密层宽度</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Feed-forward biases</source>
        <translation>前馈偏置</translation>
    </message>
    <message>
        <source>Sparsity by layer</source>
        <translation>逐层稀疏度</translation>
    </message>
    <message>
        <source>SwiGLU limit</source>
        <translation>SwiGLU 上限</translation>
    </message>
    <message>
        <source>LAuReL rank</source>
        <translation>LAuReL 秩</translation>
    </message>
    <message>
        <source>AltUp streams</source>
        <translation>AltUp 流数</translation>
    </message>
    <message>
        <source>AltUp active stream</source>
        <translation>AltUp 活跃流</translation>
    </message>
    <message>
        <source>AltUp clip</source>
        <translation>AltUp 截断</translation>
    </message>
    <message>
        <source>AltUp output scale</source>
        <translation>AltUp 输出缩放</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Experts per token</source>
        <translation>每词元专家数</translation>
    </message>
    <message>
        <source>Expert width</source>
        <translation>专家宽度</translation>
    </message>
    <message>
        <source>Shared experts</source>
        <translation>共享专家</translation>
    </message>
    <message>
        <source>Experts that every token uses</source>
        <translation>每个词元都使用的专家</translation>
    </message>
    <message>
        <source>Dense layers first</source>
        <translation>前置稠密层</translation>
    </message>
    <message>
        <source>Expert layer every</source>
        <translation>专家层间隔</translation>
    </message>
    <message>
        <source>Dense layers</source>
        <translation>稠密层</translation>
    </message>
    <message>
        <source>Expert layers</source>
        <translation>专家层</translation>
    </message>
    <message>
        <source>Expert groups</source>
        <translation>专家分组</translation>
    </message>
    <message>
        <source>Groups per token</source>
        <translation>每词元分组数</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选择方式</translation>
    </message>
    <message>
        <source>Router scores</source>
        <translation>路由打分</translation>
    </message>
    <message>
        <source>Normalised weights</source>
        <translation>权重归一化</translation>
    </message>
    <message>
        <source>Routed scale</source>
        <translation>路由缩放</translation>
    </message>
    <message>
        <source>Extra prediction layers</source>
        <translation>额外预测层</translation>
    </message>
    <message>
        <source>Multi-token-prediction modules, not in the total</source>
        <translation>多词元预测模块，不计入总量</translation>
    </message>
    <message>
        <source>Norm epsilon</source>
        <translation>归一化 ε</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Tied embeddings</source>
        <translation>共享嵌入</translation>
    </message>
    <message>
        <source>The output head reuses the embedding matrix</source>
        <translation>输出头复用嵌入矩阵</translation>
    </message>
    <message>
        <source>Segment types</source>
        <translation>段类型</translation>
    </message>
    <message>
        <source>Per-layer vocabulary</source>
        <translation>逐层词表</translation>
    </message>
    <message>
        <source>Per-layer embedding</source>
        <translation>逐层嵌入</translation>
    </message>
    <message>
        <source>from the pattern</source>
        <comment>a list that is not given, but follows from a rule</comment>
        <translation>由模式推出</translation>
    </message>
    <message>
        <source>global</source>
        <comment>a layer that sees everything</comment>
        <translation>全局</translation>
    </message>
    <message>
        <source>sliding</source>
        <comment>a layer with a sliding window</comment>
        <translation>滑动</translation>
    </message>
    <message>
        <source>chunked</source>
        <comment>a layer that sees its own block</comment>
        <translation>分块</translation>
    </message>
    <message>
        <source>off</source>
        <comment>an optional value that is unset</comment>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <comment>a switch</comment>
        <translation>关</translation>
    </message>
    <message>
        <source>none listed</source>
        <translation>未列出</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>%1 个值</translation>
    </message>
    <message>
        <source>all %1</source>
        <translation>全部 %1</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>1 layer</source>
        <translation>1 层</translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation>%1 层</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Active per token</source>
        <translation>每词元激活参数</translation>
    </message>
    <message>
        <source>KV cache per token</source>
        <translation>每词元键值缓存</translation>
    </message>
    <message>
        <source>KV cache per sequence</source>
        <translation>每序列键值缓存</translation>
    </message>
    <message>
        <source>KV cache read per step</source>
        <translation>每步读取的键值缓存</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Memory, one replica</source>
        <translation>单副本内存</translation>
    </message>
    <message>
        <source>Memory per device</source>
        <translation>每设备内存</translation>
    </message>
    <message>
        <source>Largest batch</source>
        <translation>最大批大小</translation>
    </message>
    <message>
        <source>Longest context</source>
        <translation>最长上下文</translation>
    </message>
    <message>
        <source>Prefill work</source>
        <translation>预填充计算量</translation>
    </message>
    <message>
        <source>Decode work per token</source>
        <translation>每词元解码计算量</translation>
    </message>
    <message>
        <source>Training work per token</source>
        <translation>每词元训练计算量</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首词元时间</translation>
    </message>
    <message>
        <source>Time per token</source>
        <translation>每词元时间</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Throughput per user</source>
        <translation>每用户吞吐量</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>%1 query heads share each KV head; common practice is 4–8.</source>
        <translation>每个 KV 头由 %1 个查询头共享；通常为 4–8 个。</translation>
    </message>
    <message>
        <source>A head of %1 dimensions; common practice is 64 to 128.</source>
        <translation>头维度为 %1；通常为 64 到 128。</translation>
    </message>
    <message>
        <source>Not a multiple of %1: matrix units waste part of their tiles.</source>
        <translation>不是 %1 的倍数：矩阵单元会浪费部分分块。</translation>
    </message>
    <message>
        <source>Not a multiple of %1; padding it costs little and speeds up the output product.</source>
        <translation>不是 %1 的倍数；补齐代价很小，并能加快输出乘法。</translation>
    </message>
    <message>
        <source>The feed-forward is %1 times as wide as the model; common practice is 2.7 to 5.4.</source>
        <translation>前馈宽度是模型宽度的 %1 倍；通常为 2.7 到 5.4 倍。</translation>
    </message>
    <message>
        <source>The window is as long as the longest context: it saves nothing.</source>
        <translation>窗口与最长上下文一样长：没有节省。</translation>
    </message>
    <message>
        <source>No layer sees the whole context.</source>
        <translation>没有任何层可见整个上下文。</translation>
    </message>
    <message>
        <source>No layer has experts.</source>
        <translation>没有任何层含有专家。</translation>
    </message>
    <message>
        <source>Every token uses every expert: the mixture saves no work.</source>
        <translation>每个词元都使用全部专家：混合专家没有节省计算。</translation>
    </message>
    <message>
        <source>%1 is out of range: expected an integer from %2 to %3.</source>
        <translation>%1 超出范围：应为 %2 到 %3 之间的整数。</translation>
    </message>
    <message>
        <source>%1 KV heads cannot share %2 heads evenly: expected a divisor of %2.</source>
        <translation>%1 个 KV 头无法平分 %2 个头：应为 %2 的约数。</translation>
    </message>
    <message>
        <source>%1 rotary dimensions: expected an even number, because RoPE turns pairs.</source>
        <translation>旋转维度为 %1：应为偶数，因为 RoPE 成对旋转。</translation>
    </message>
    <message>
        <source>%1 LongRoPE factors: expected %2, one for each pair of rotary dimensions.</source>
        <translation>LongRoPE 因子有 %1 个：应为 %2 个，每对旋转维度一个。</translation>
    </message>
    <message>
        <source>Expected a RoPE base above 0 and a rotated share above 0 and up to 1.</source>
        <translation>RoPE 基数应大于 0，旋转比例应大于 0 且不超过 1。</translation>
    </message>
    <message>
        <source>%1 heads: expected a divisor of the hidden size %2.</source>
        <translation>%1 个头：应为隐藏维度 %2 的约数。</translation>
    </message>
    <message>
        <source>Expected a positive number.</source>
        <translation>应为正数。</translation>
    </message>
    <message>
        <source>%1 entries: expected one for each of %2 layers.</source>
        <translation>共 %1 项：应为 %2 层每层一项。</translation>
    </message>
    <message>
        <source>%1: expected full_attention, sliding_attention or chunked_attention.</source>
        <translation>%1：应为 full_attention、sliding_attention 或 chunked_attention。</translation>
    </message>
    <message>
        <source>Expected a window, because %1 slides.</source>
        <translation>需要窗口大小，因为 %1 使用滑动窗口。</translation>
    </message>
    <message>
        <source>Expected a chunk, because %1 is chunked.</source>
        <translation>需要分块大小，因为 %1 使用分块。</translation>
    </message>
    <message>
        <source>%1 layers share a cache: expected fewer than all %2 layers.</source>
        <translation>%1 层共享缓存：应少于全部 %2 层。</translation>
    </message>
    <message>
        <source>%1 layers share a cache, but layer %2 has no earlier layer of its kind to read from.</source>
        <translation>%1 层共享缓存，但第 %2 层之前没有同类层可读取。</translation>
    </message>
    <message>
        <source>%1 experts per token: there are only %2 experts.</source>
        <translation>每词元 %1 个专家：但只有 %2 个专家。</translation>
    </message>
    <message>
        <source>%1 groups cannot hold %2 experts evenly: expected a divisor.</source>
        <translation>%1 个分组无法平分 %2 个专家：应为约数。</translation>
    </message>
    <message>
        <source>%1 groups per token: expected 1 to %2.</source>
        <translation>每词元 %1 个分组：应为 1 到 %2。</translation>
    </message>
    <message>
        <source>%1 groups of %2 experts hold fewer than the %3 experts of a token.</source>
        <translation>%1 个含 %2 个专家的分组不足每词元所需的 %3 个专家。</translation>
    </message>
    <message>
        <source>This family cannot select experts by %1.</source>
        <translation>该模型族不能以 %1 方式选择专家。</translation>
    </message>
    <message>
        <source>This family cannot score by %1.</source>
        <translation>该模型族不能以 %1 方式打分。</translation>
    </message>
    <message>
        <source>The family %1 is not supported.</source>
        <translation>不支持模型族 %1。</translation>
    </message>
    <message>
        <source>The activation %1 is not supported.</source>
        <translation>不支持激活函数 %1。</translation>
    </message>
    <message>
        <source>Set to %1</source>
        <translation>设为 %1</translation>
    </message>
    <message>
        <source>Set %1 to %2</source>
        <comment>%1 is a field&apos;s name</comment>
        <translation>将 %1 设为 %2</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 (%2)</source>
        <comment>axis title (unit)</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>log scale</source>
        <translation>对数刻度</translation>
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
    <name>Specification</name>
    <message>
        <source>sliding window %1</source>
        <translation>滑动窗口 %1</translation>
    </message>
    <message>
        <source>chunks of %1</source>
        <translation>分块 %1</translation>
    </message>
    <message>
        <source>%1, linear ×%2</source>
        <translation>%1，线性 ×%2</translation>
    </message>
    <message>
        <source>%1, dynamic ×%2</source>
        <translation>%1，动态 ×%2</translation>
    </message>
    <message>
        <source>%1, LongRoPE</source>
        <translation>%1，LongRoPE</translation>
    </message>
    <message>
        <source>%1, YaRN ×%2</source>
        <translation>%1，YaRN ×%2</translation>
    </message>
    <message>
        <source>%1, Llama 3 scaling ×%2</source>
        <translation>%1，Llama 3 缩放 ×%2</translation>
    </message>
    <message>
        <source>multi-head</source>
        <translation>多头</translation>
    </message>
    <message>
        <source>multi-query</source>
        <translation>多查询</translation>
    </message>
    <message>
        <source>grouped-query</source>
        <translation>分组查询</translation>
    </message>
    <message>
        <source>multi-head latent</source>
        <translation>多头潜在</translation>
    </message>
    <message>
        <source>1 KV head</source>
        <translation>1 个 KV 头</translation>
    </message>
    <message>
        <source>%1 KV heads</source>
        <translation>%1 个 KV 头</translation>
    </message>
    <message>
        <source>%1 heads × %2</source>
        <translation>%1 头 × %2</translation>
    </message>
    <message>
        <source>%1 heads : %2 KV × %3</source>
        <translation>%1 头 : %2 KV × %3</translation>
    </message>
    <message>
        <source>QK norm</source>
        <translation>QK 归一化</translation>
    </message>
    <message>
        <source>shared cache</source>
        <translation>共享缓存</translation>
    </message>
    <message>
        <source>sinks</source>
        <translation>注意力汇</translation>
    </message>
    <message>
        <source>%1 attention</source>
        <translation>%1注意力</translation>
    </message>
    <message>
        <source>%1 heads</source>
        <translation>%1 头</translation>
    </message>
    <message>
        <source>latent %1 + %2</source>
        <translation>潜在 %1 + %2</translation>
    </message>
    <message>
        <source>query rank %1</source>
        <translation>查询秩 %1</translation>
    </message>
    <message>
        <source>Dense feed-forward</source>
        <translation>稠密前馈</translation>
    </message>
    <message>
        <source>top %1 × %2</source>
        <translation>top-%1 × %2</translation>
    </message>
    <message>
        <source>shared %1</source>
        <translation>共享 %1</translation>
    </message>
    <message>
        <source>sigmoid router</source>
        <translation>sigmoid 路由</translation>
    </message>
    <message>
        <source>softmax router</source>
        <translation>softmax 路由</translation>
    </message>
    <message>
        <source>%1 experts</source>
        <translation>%1 个专家</translation>
    </message>
</context>
<context>
    <name>Structure</name>
    <message>
        <source>%1 layers: %2</source>
        <translation>%1 层：%2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>sigmoid scores</source>
        <translation>sigmoid 打分</translation>
    </message>
    <message>
        <source>softmax scores</source>
        <translation>softmax 打分</translation>
    </message>
    <message>
        <source>balancing bias</source>
        <translation>均衡偏置</translation>
    </message>
    <message>
        <source>%1 of %2 groups</source>
        <translation>%2 组中选 %1</translation>
    </message>
    <message>
        <source>normalised weights</source>
        <translation>权重归一化</translation>
    </message>
    <message>
        <source>%1 learned positions</source>
        <translation>%1 个可学习位置</translation>
    </message>
    <message>
        <source>none (NoPE)</source>
        <translation>无 (NoPE)</translation>
    </message>
    <message>
        <source>, stretched ×%1</source>
        <translation>，扩展 ×%1</translation>
    </message>
    <message>
        <source>before each sub-layer</source>
        <translation>每个子层之前</translation>
    </message>
    <message>
        <source>after each residual sum</source>
        <translation>每次残差求和之后</translation>
    </message>
    <message>
        <source>on each sub-layer&apos;s output</source>
        <translation>每个子层的输出上</translation>
    </message>
    <message>
        <source>before and after each sub-layer</source>
        <translation>每个子层前后</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Output head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>the embedding matrix again</source>
        <translation>复用嵌入矩阵</translation>
    </message>
    <message>
        <source>a matrix of its own</source>
        <translation>独立矩阵</translation>
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
    <message>
        <source>%1 before</source>
        <translation>%1（之前）</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ArchitectureView</name>
    <message>
        <source>Architecture of the designs</source>
        <translation>设计的架构</translation>
    </message>
</context>
<context>
    <name>headroom::ui::CompareModel</name>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Figures at %1, batch %2, %3, %4 weights</source>
        <comment>a number of tokens, a number of sequences, devices, a number format</comment>
        <translation>指标：%1，批大小 %2，%3，%4 权重</translation>
    </message>
    <message>
        <source>Differences first · %1 of %2 fields differ</source>
        <translation>差异优先 · %2 个字段中有 %1 个不同</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ComparePage</name>
    <message>
        <source>The table was copied as Markdown</source>
        <translation>表格已复制为 Markdown</translation>
    </message>
    <message>
        <source>Export table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>CSV (*.csv);;Markdown (*.md)</source>
        <translation>CSV (*.csv);;Markdown (*.md)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Only differences</source>
        <translation>仅显示差异</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the table as Markdown</source>
        <translation>将表格复制为 Markdown</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save the table as CSV or Markdown</source>
        <translation>将表格保存为 CSV 或 Markdown</translation>
    </message>
    <message>
        <source>Comparison of the designs</source>
        <translation>设计对比</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DesignButton</name>
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
    <name>headroom::ui::DesignEditor</name>
    <message>
        <source>%1 · %2</source>
        <comment>heading of a group · the kind of attention</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Fields of the design</source>
        <translation>设计的字段</translation>
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
    <name>headroom::ui::FieldRow</name>
    <message>
        <source>%1, slider</source>
        <translation>%1，滑块</translation>
    </message>
    <message>
        <source>“%1” is not valid here; expected a whole number from %2 to %3</source>
        <translation>“%1”在此处无效；应为 %2 到 %3 的整数</translation>
    </message>
    <message>
        <source>“%1” is not valid here; expected a number, zero or above</source>
        <translation>“%1”在此处无效；应为不小于零的数</translation>
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
    <name>headroom::ui::ListDialog</name>
    <message>
        <source>One value for each of the %1 layers, separated by commas. A shorter list is repeated; an empty one leaves it to the family&apos;s pattern.</source>
        <translation>%1 层每层一个值，以逗号分隔。较短的列表会重复；留空则采用模型族的模式。</translation>
    </message>
    <message>
        <source>Numbers of layers, counted from 0, separated by commas.</source>
        <translation>层号，从 0 开始，以逗号分隔。</translation>
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
    <message>
        <source>&amp;Why this number</source>
        <translation>为什么是这个数(&amp;W)</translation>
    </message>
    <message>
        <source>Why this number</source>
        <translation>为什么是这个数</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MemoryPage</name>
    <message>
        <source>Back to %1</source>
        <translation>恢复到 %1</translation>
    </message>
    <message>
        <source>KV cache per sequence</source>
        <translation>每序列键值缓存</translation>
    </message>
    <message>
        <source>Per device</source>
        <translation>每设备</translation>
    </message>
    <message>
        <source>Whole replica</source>
        <translation>整个副本</translation>
    </message>
    <message>
        <source>What is drawn against context</source>
        <translation>随上下文绘制的内容</translation>
    </message>
    <message>
        <source>Show the memory that the device has</source>
        <translation>显示设备实际内存</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
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
    <name>headroom::ui::OverviewPage</name>
    <message>
        <source>In percent</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>Every bar as long as the others, in percent of its design</source>
        <translation>所有条等长，显示占各设计的百分比</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
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
    <name>headroom::ui::PresetPicker</name>
    <message>
        <source>Own design</source>
        <translation>自定义设计</translation>
    </message>
    <message>
        <source>Preset: %1, edited</source>
        <translation>预设：%1（已修改）</translation>
    </message>
    <message>
        <source>Preset: %1</source>
        <translation>预设：%1</translation>
    </message>
    <message>
        <source>Choose another preset for this design</source>
        <translation>为此设计选择另一个预设</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PresetPopup</name>
    <message>
        <source>%1, %2 active</source>
        <translation>%1，激活 %2</translation>
    </message>
    <message>
        <source>Search by name, family or size</source>
        <translation>按名称、模型族或大小搜索</translation>
    </message>
    <message>
        <source>Search presets</source>
        <translation>搜索预设</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RopeScalingRow</name>
    <message>
        <source>RoPE scaling</source>
        <translation>RoPE 扩展</translation>
    </message>
    <message>
        <source>How the angles are stretched for contexts beyond the trained one</source>
        <translation>上下文超出训练长度时旋转角度的扩展方式</translation>
    </message>
    <message>
        <source>Scaling factor</source>
        <translation>扩展倍数</translation>
    </message>
    <message>
        <source>How many times the trained context</source>
        <translation>扩展到训练上下文的多少倍</translation>
    </message>
    <message>
        <source>Trained context</source>
        <translation>训练上下文</translation>
    </message>
    <message>
        <source>Tokens the angles were trained for before they were stretched</source>
        <translation>扩展之前旋转角度所训练的词元数</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
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
    <name>headroom::ui::ThroughputPage</name>
    <message>
        <source>Tokens per second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>Per user</source>
        <translation>每用户</translation>
    </message>
    <message>
        <source>Time per token</source>
        <translation>每词元时间</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首词元时间</translation>
    </message>
    <message>
        <source>against batch</source>
        <translation>随批大小</translation>
    </message>
    <message>
        <source>against context</source>
        <translation>随上下文</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>绘制内容</translation>
    </message>
    <message>
        <source>What it is drawn against</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
</context>
<context>
    <name>headroom::ui::WhyPanel</name>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Active parameters</source>
        <translation>激活参数</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>键值缓存</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>计算量</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Time per token</source>
        <translation>每词元时间</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首词元时间</translation>
    </message>
    <message>
        <source>Why · %1 · %2</source>
        <extracomment>Heading of the panel that explains a number: the figure and the design&apos;s letter.</extracomment>
        <translation>为什么 · %1 · %2</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>逐步推导</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the explanation</source>
        <translation>关闭说明</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Copy as LaTeX</source>
        <translation>复制为 LaTeX</translation>
    </message>
    <message>
        <source>Steps of the derivation</source>
        <translation>推导步骤</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Numbers put in</source>
        <translation>代入数值</translation>
    </message>
    <message>
        <source>Why this number</source>
        <translation>为什么是这个数</translation>
    </message>
</context>
<context>
    <name>headroom::ui::WorkloadBar</name>
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
    <message>
        <source>Number format of the weights; after the stroke that of the routed experts</source>
        <translation>权重的数值格式；斜线后为路由专家的格式</translation>
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
