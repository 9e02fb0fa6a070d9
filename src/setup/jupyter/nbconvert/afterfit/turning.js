/* global document, window */
// Figures of lines in space, which Plotly draws in JupyterLab, on a canvas that a pointer or the arrow keys
// turn: a page on a disk needs no library. Without scripts, and in print, their twins on paper stay.
(() => {
  const SIZE = 560;
  const REACH = 1.15;
  const STEP = Math.PI / 36;

  const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const cross = (a, b) => [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const unit = (a) => a.map((value) => value / Math.hypot(...a));
  const triple = ({ x, y, z }) => [x, y, z];

  /** A vector turned about an axis of length 1. */
  function turned(vector, axis, angle) {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const aside = cross(axis, vector);
    const along = dot(axis, vector) * (1 - c);
    return vector.map((value, i) => c * value + s * aside[i] + along * axis[i]);
  }

  /** The colour of a share in [0, 1] of a scale of stops. */
  function colourAt(stops, share) {
    const above = Math.max(
      1,
      stops.findIndex(([at]) => at >= share),
    );
    const [[low, from], [high, to]] = [stops[above - 1], stops[above]];
    const place = Math.min(1, Math.max(0, (share - low) / (high - low)));
    const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const [a, b] = [parts(from), parts(to)];
    return `rgb(${a.map((value, i) => Math.round(value + place * (b[i] - value))).join(',')})`;
  }

  /** The segments of a trace, each with its colour. */
  function segmentsOf(trace) {
    const points = trace.x.map((x, k) => [x, trace.y[k], trace.z[k]]);
    const { width = 2, color = '#444', colorscale } = trace.line ?? {};
    const values = Array.isArray(color) ? color : undefined;
    const [low, high] = values ? [Math.min(...values), Math.max(...values)] : [0, 1];
    return points.slice(1).map((to, k) => ({
      from: points[k],
      to,
      width: width / 2,
      colour: values ? colourAt(colorscale, (values[k + 1] - low) / (high - low || 1)) : color,
    }));
  }

  /** The colours of the path, with what they stand for. */
  function drawBar(context, { color, colorscale, colorbar }) {
    const [low, high] = [Math.min(...color), Math.max(...color)];
    const [left, top, width, height] = [SIZE - 62, 40, 12, 180];
    for (let k = 0; k < height; k++) {
      context.fillStyle = colourAt(colorscale, 1 - k / height);
      context.fillRect(left, top + k, width, 1.5);
    }
    context.fillStyle = '#222222';
    context.fillText(colorbar.title.text, left, top - 10);
    colorbar.tickvals.forEach((value, k) => {
      if (value < low || value > high) return;
      const share = (value - low) / (high - low || 1);
      context.fillText(colorbar.ticktext[k], left + width + 5, top + (1 - share) * height + 4);
    });
  }

  /** Turns by arrow keys and by dragging. */
  function listen(canvas, turn) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    canvas.addEventListener('keydown', (event) => {
      const move = moves[event.key];
      if (!move) return;
      event.preventDefault();
      turn(move[0] * STEP, move[1] * STEP);
    });
    let held;
    canvas.addEventListener('pointerdown', (event) => {
      held = [event.clientX, event.clientY];
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener('pointermove', (event) => {
      if (!held) return;
      const pixels = canvas.getBoundingClientRect().width / 2 / REACH;
      turn((event.clientX - held[0]) / pixels, (event.clientY - held[1]) / pixels);
      held = [event.clientX, event.clientY];
    });
    for (const end of ['pointerup', 'pointercancel'])
      canvas.addEventListener(end, () => (held = undefined));
  }

  function start(holder) {
    const { data, layout } = JSON.parse(holder.querySelector('script').textContent);
    const picture = holder.querySelector('img');
    const lines = data.filter(({ type, mode }) => type === 'scatter3d' && mode === 'lines');
    const marks = data.filter(({ type, mode }) => type === 'scatter3d' && mode === 'markers');
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    if (!context || lines.length === 0) return;
    const { eye, up } = layout.scene.camera;
    let towards = unit(triple(eye));
    let right = unit(cross(triple(up), towards));
    const segments = lines.flatMap(segmentsOf);
    const bar = lines.find(({ line }) => line?.colorbar)?.line;

    function draw() {
      const scale = Math.min(3, window.devicePixelRatio || 1);
      canvas.width = canvas.height = SIZE * scale;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.fillStyle = '#ffffff';
      context.fillRect(0, 0, SIZE, SIZE);
      const top = cross(towards, right);
      const radius = SIZE / 2 / REACH;
      const place = (point) => [
        SIZE / 2 + radius * dot(point, right),
        SIZE / 2 - radius * dot(point, top),
      ];
      const behind = (point) => dot(point, towards) < -0.02;
      for (const far of [true, false]) {
        context.globalAlpha = far ? 0.25 : 1;
        for (const { from, to, width, colour } of segments) {
          if (behind(to) !== far) continue;
          context.strokeStyle = colour;
          context.lineWidth = width;
          context.beginPath();
          context.moveTo(...place(from));
          context.lineTo(...place(to));
          context.stroke();
        }
      }
      context.font = '12px DejaVu Sans, Helvetica, Arial, sans-serif';
      for (const { x, y, z, name, marker } of marks) {
        const point = [x[0], y[0], z[0]];
        const [left, height] = place(point);
        context.globalAlpha = behind(point) ? 0.35 : 1;
        context.fillStyle = marker.color;
        context.beginPath();
        context.arc(left, height, 5, 0, 2 * Math.PI);
        context.fill();
        context.fillStyle = '#222222';
        context.fillText(name, left + 8, height - 8);
      }
      context.globalAlpha = 1;
      if (bar) drawBar(context, bar);
    }

    function turn(aside, above) {
      const top = cross(towards, right);
      towards = unit(turned(turned(towards, top, -aside), right, -above));
      right = unit(turned(right, top, -aside));
      draw();
    }

    listen(canvas, turn);
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', picture.alt);
    const hint = document.createElement('p');
    hint.textContent = 'Drag it, or use the arrow keys, to turn it.';
    picture.style.display = 'none';
    holder.prepend(canvas, hint);
    draw();
  }

  for (const holder of document.querySelectorAll('.afterfit-turning')) start(holder);
})();
