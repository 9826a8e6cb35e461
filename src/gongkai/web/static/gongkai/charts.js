// Draws the charts whose data stands in the page; the table beside each says the same.
(function () {
  "use strict";
  if (!window.echarts) return;
  document.querySelectorAll("[data-chart]").forEach(function (area) {
    var data = JSON.parse(area.dataset.chart);
    area.classList.add("drawn");
    var chart = window.echarts.init(area);
    chart.setOption({
      animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
      color: ["#0b4ea2"],
      aria: { enabled: true, decal: { show: true } },
      grid: { left: 8, right: 48, top: 8, bottom: 8, containLabel: true },
      xAxis: { type: "value", name: data.unit, minInterval: 1 },
      yAxis: { type: "category", data: data.labels, inverse: true, axisLabel: { width: 180, overflow: "break" } },
      series: [{ type: "bar", data: data.values, label: { show: true, position: "right" } }]
    });
    // The area itself is watched: it also changes its width without the window, by larger type or on paper.
    new ResizeObserver(function () {
      chart.resize();
    }).observe(area);
  });
})();
