"use strict";
(() => {
  // ---- data: chunks packed with gzip and base64, unpacked when needed ----
  const unpacked = new Map();
  function unpack(n) {
    if (!unpacked.has(n)) unpacked.set(n, (async () => {
      const raw = atob(document.getElementById("chunk-" + n).textContent);
      const bytes = Uint8Array.from(raw, c => c.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      return JSON.parse(await new Response(stream).text());
    })());
    return unpacked.get(n);
  }

  // ---- elements ----
  function el(tag, attributes, ...children) {
    const e = document.createElement(tag);
    set(e, attributes);
    e.append(...children.flat().filter(c => c !== null && c !== undefined && c !== ""));
    return e;
  }
  function svg(tag, attributes, ...children) {
    const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
    set(e, attributes);
    e.append(...children);
    return e;
  }
  function set(e, attributes) {
    for (const [k, v] of Object.entries(attributes || {})) {
      if (v === null || v === undefined || v === false) continue;
      if (k.startsWith("on")) e.addEventListener(k.slice(2), v); else e.setAttribute(k, v === true ? "" : v);
    }
  }
  const percent = x => (100 * x).toFixed(1) + "%";
  const main = document.getElementById("main");
  let D; // the report

  // ---- views: one a tab, and a unit's and a pair's page ----
  const views = [
    ["overview", "概览", overview], ["units", "单位", units], ["findings", "问题", findings],
    ["copies", "雷同", copies], ["files", "文件", files], ["about", "说明", about],
  ];
  const shown = () => views.filter(([id]) => D.items.length || !["overview", "units", "findings"].includes(id));

  function route() {
    const [id, ...rest] = decodeURIComponent(location.hash.slice(1)).split("/");
    if (id === "main") return;
    const within = { unit: "units", pair: "copies" }[id] || id;
    const view = shown().find(v => v[0] === within) || shown()[0];
    for (const a of document.querySelectorAll("#tabs a")) {
      if (a.hash === "#" + view[0]) a.setAttribute("aria-current", "page"); else a.removeAttribute("aria-current");
    }
    main.replaceChildren();
    keys = {};
    if (id === "unit" && D.units[rest[0]]) unit(+rest[0], rest[1] === "item" ? +rest[2] : -1);
    else if (id === "pair" && pairs()[rest[0]]) pair(+rest[0]);
    else view[2](rest);
  }
  let keys = {};
  addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
    if (keys[e.key]) { keys[e.key](); e.preventDefault(); }
  });

  // ---- overview ----
  function sign(v) { return el("span", { class: "v v" + v, title: D.verdicts[v].name }, D.verdicts[v].sign); }
  function legend() {
    return el("p", { class: "legend" }, D.verdicts.map((v, i) => el("span", {}, sign(i), " " + v.name)));
  }
  function overview() {
    const c = D.counts, gaps = D.units.reduce((n, u) => n + u.row.filter(v => D.verdicts[v].gap).length, 0);
    main.append(
      el("ul", { class: "cards" }, [[c.units, "单位"], [c.units_missing, "未报送"], [c.documents, "文件"], [c.partial + c.unreadable, "未读全或读不出"],
        [c.indicators, "指标"], [gaps, "指标差距"], [c.findings, "问题"]].map(([n, name]) => el("li", {}, el("b", {}, String(n)), name))),
      D.round ? el("p", {}, D.round) : "",
      el("h2", {}, "单位 × 指标"), legend(),
      el("p", { class: "quiet" }, "点一格，看该单位这项指标的理由和原文。也可以用方向键移动、回车打开。"),
      heat(), el("h2", {}, "分布"), charts(), el("h2", {}, "各项指标的覆盖情况"), coverage());
  }
  function heatHead(items) {
    return el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "单位"), items.map(i => el("th", { scope: "col", title: D.items[i].title }, D.items[i].no || "·"))));
  }
  function heatName(u, row) {
    return el("th", { scope: "row", title: row.name }, el("a", { href: "#unit/" + u }, row.name), row.missing ? "（未报送）" : "");
  }
  // onPaper is the heat map in tables that are no wider than a page.
  function onPaper() {
    const most = 30, parts = [];
    for (let from = 0; from < D.items.length; from += most) {
      const items = D.items.map((_, i) => i).slice(from, from + most);
      parts.push(el("table", { class: "heat" }, heatHead(items), el("tbody", {}, D.units.map((row, u) =>
        el("tr", {}, heatName(u, row), items.map(i => el("td", { class: "v" + row.row[i] }, D.verdicts[row.row[i]].sign)))))));
    }
    return parts;
  }
  function heat() {
    const body = el("tbody"), more = el("button", { class: "more", type: "button" }), step = Math.max(20, Math.round(6000 / Math.max(1, D.items.length))), paper = el("div", { class: "paper" });
    const table = el("table", { class: "heat", role: "grid", "aria-label": "单位和指标的对照" }, heatHead(D.items.map((_, i) => i)), body);
    let next = 0;
    function show(upTo) {
      for (; next < Math.min(upTo, D.units.length); next++) {
        const u = next, row = D.units[u];
        body.append(el("tr", {}, heatName(u, row),
          row.row.map((v, i) => el("td", { class: "v" + v, tabindex: u || i ? -1 : 0, "data-u": u, "data-i": i,
            "aria-label": `${row.name}，${D.items[i].no} ${D.items[i].title}：${D.verdicts[v].name}`, title: `${D.items[i].title}：${D.verdicts[v].name}` }, D.verdicts[v].sign))));
      }
      more.hidden = next >= D.units.length;
      more.textContent = `再显示 ${Math.min(step, D.units.length - next)} 家（共 ${D.units.length} 家）`;
    }
    show(step);
    more.addEventListener("click", () => show(next + step));
    printAll = () => { if (!paper.firstChild) paper.append(...onPaper()); };
    const open = td => { location.hash = `#unit/${td.dataset.u}/item/${td.dataset.i}`; };
    table.addEventListener("click", e => { const td = e.target.closest("td"); if (td) open(td); });
    table.addEventListener("keydown", e => {
      const td = e.target.closest("td");
      if (!td) return;
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[e.key];
      if (e.key === "Enter" || e.key === " ") open(td);
      else if (step) {
        const to = table.querySelector(`td[data-u="${+td.dataset.u + step[0]}"][data-i="${+td.dataset.i + step[1]}"]`);
        if (to) { td.tabIndex = -1; to.tabIndex = 0; to.focus(); }
      } else return;
      e.preventDefault();
    });
    return el("div", {}, el("div", { class: "wide screen", tabindex: 0, role: "region", "aria-label": "单位和指标的对照，可以滚动" }, table), more, paper);
  }
  function charts() {
    const measured = D.docs.filter(d => d.measures && !d.shelf);
    const shares = [0, .05, .1, .2, .3, .4, .5, .7, 1.0001], density = [0, 5, 10, 15, 20, 25, 30, 40, 60, Infinity];
    return el("div", { class: "charts" },
      histogram("去除公共表述复制比（份）", measured.map(d => d.measures.copied), shares, (a, b) => `${Math.round(a * 100)}–${Math.min(100, Math.round(b * 100))}%`),
      histogram("事实/千字（份）", measured.map(d => d.measures.facts_per_thousand), density, (a, b) => b === Infinity ? `≥${a}` : `${a}–${b}`));
  }
  function histogram(name, values, edges, label) {
    const bins = edges.slice(0, -1).map((a, i) => values.filter(v => v >= a && v < edges[i + 1]).length);
    const most = Math.max(1, ...bins), w = 480, h = 190, step = (w - 10) / bins.length;
    const say = bins.map((n, i) => `${label(edges[i], edges[i + 1])} ${n}份`).join("，");
    const s = svg("svg", { viewBox: `0 0 ${w} ${h}`, role: "img", "aria-label": name + "：" + say });
    bins.forEach((n, i) => {
      const high = (h - 60) * n / most, x = 5 + i * step;
      s.append(svg("rect", { class: "bar", x: x + 3, y: h - 34 - high, width: step - 6, height: high }),
        svg("text", { x: x + step / 2, y: h - 39 - high, "text-anchor": "middle" }, String(n)),
        svg("text", { x: x + step / 2, y: h - 16, "text-anchor": "middle" }, label(edges[i], edges[i + 1])));
    });
    s.append(svg("line", { class: "axis", x1: 0, x2: w, y1: h - 34, y2: h - 34 }));
    return el("figure", {}, el("figcaption", {}, name), s);
  }
  function coverage() {
    const list = D.items.map((x, i) => {
      const of = D.verdicts.map(() => 0);
      for (const u of D.units) of[u.row[i]]++;
      return { x, of, gaps: of.reduce((n, k, v) => n + (D.verdicts[v].gap ? k : 0), 0) };
    }).sort((a, b) => b.gaps - a.gaps);
    return el("div", { class: "wide list" }, el("table", { class: "full stack" },
      el("thead", {}, el("tr", {}, ["编号", "指标", "有差距的单位", "分布"].map(t => el("th", { scope: "col" }, t)))),
      el("tbody", {}, list.map(({ x, of, gaps }) => el("tr", {}, el("td", { "data-of": "编号" }, x.no), el("td", { "data-of": "指标" }, x.title),
        el("td", { "data-of": "有差距的单位", class: "number" }, `${gaps} 家`), el("td", {}, stacked(of), el("div", { class: "quiet" }, inWords(of))))))));
  }
  const inWords = of => of.map((n, v) => n ? `${D.verdicts[v].name} ${n}` : "").filter(Boolean).join("　");
  function stacked(of) {
    const all = of.reduce((a, b) => a + b, 0) || 1, w = 320;
    const s = svg("svg", { viewBox: `0 0 ${w} 20`, width: w, height: 20, role: "img", "aria-label": inWords(of) });
    let x = 0;
    of.forEach((n, v) => {
      if (!n) return;
      const width = w * n / all;
      s.append(svg("rect", { class: "s" + v, x, y: 0, width, height: 20 }), svg("rect", { class: "edge", x, y: 0, width, height: 20 }));
      if (width > 26) s.append(svg("text", { x: x + width / 2, y: 14, "text-anchor": "middle" }, D.verdicts[v].sign + n));
      x += width;
    });
    return s;
  }

  // ---- a passage in its context ----
  const codes = new Map(); // of a text, where it has characters of two units
  function cut(text, from, to) {
    if (!/[\ud800-\udfff]/.test(text)) return text.slice(from, to);
    if (!codes.has(text)) codes.set(text, Array.from(text));
    return codes.get(text).slice(from, to).join("");
  }
  const runes = text => /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length;

  const aside = 300, around = 600; // characters shown of a neighbour, and of a very long paragraph beside its mark
  // part is a paragraph from one of its characters to another, with a sign
  // where something was left out.
  function part(q, from, to) {
    return { s: q.s + from, t: cut(q.t, from, to), k: q.k, before: from > 0, after: to < runes(q.t) };
  }
  function context(p) {
    const doc = D.docs[p.doc];
    const body = el("div", {}, el("p", { class: "pre" }, el("mark", {}, p.quote)));
    const where = [doc ? doc.id : "", p.section, p.place].filter(Boolean).join("　");
    if (doc && doc.chunk) unpack(doc.chunk).then(list => {
      let at = list.length - 1;
      while (at >= 0 && list[at].s > p.start) at--;
      if (at < 0) return;
      const parts = [];
      for (const q of list.slice(Math.max(0, at - 1), at)) parts.push(marked(part(q, Math.max(0, runes(q.t) - aside), runes(q.t)), [], null, "beside"));
      let last = at;
      for (; last < list.length && list[last].s < p.end; last++) {
        const q = list[last];
        parts.push(marked(part(q, Math.max(0, p.start - q.s - around), Math.min(runes(q.t), p.end - q.s + around)), [{ start: p.start, end: p.end }]));
      }
      for (const q of list.slice(last, last + 1)) parts.push(marked(part(q, 0, Math.min(runes(q.t), aside)), [], null, "beside"));
      body.replaceChildren(...parts);
    });
    return el("blockquote", {}, body, el("footer", {}, where));
  }
  // written is text as it stands in a paragraph of that kind: the cells of a
  // table's row with lines between them.
  function written(text, kind) {
    return kind === "r" ? text.split("\t").flatMap((cell, i) => i ? [el("span", { class: "tab" }, "\t"), cell] : [cell]) : [text];
  }
  // marked is a paragraph with marks; a mark may carry a number and a handler.
  function marked(q, marks, make, look) {
    const size = runes(q.t), p = el("p", { class: [q.k, look].filter(Boolean).join(" ") || null }, q.before ? "……" : "");
    const edges = new Set([0, size]);
    for (const m of marks) for (const at of [m.start, m.end, ...(m.same || []).flat()]) if (at > q.s && at < q.s + size) edges.add(at - q.s);
    const at = [...edges].sort((a, b) => a - b);
    for (let i = 0; i + 1 < at.length; i++) {
      const text = written(cut(q.t, at[i], at[i + 1]), q.k);
      const m = marks.find(m => m.start - q.s <= at[i] && m.end - q.s >= at[i + 1]);
      p.append(...(m ? [make ? make(m, text, q.s + at[i]) : el("mark", {}, text)] : text));
    }
    if (q.after) p.append("……");
    return p;
  }

  // ---- units ----
  function units() {
    const find = el("input", { type: "search", placeholder: "单位名称", "aria-label": "按名称查找单位" });
    const body = el("tbody");
    const asked = D.units.map(() => 0), most = D.units.map(() => 0);
    for (const f of D.findings) if (f.unit >= 0 && !f.excused) asked[f.unit]++;
    for (const d of D.docs) if (d.unit >= 0 && d.measures) most[d.unit] = Math.max(most[d.unit], d.measures.copied);
    const render = () => body.replaceChildren(...D.units.map((u, n) => [u, n]).filter(([u]) => u.name.includes(find.value.trim())).map(([u, n]) => {
      const of = D.verdicts.map((_, v) => u.row.filter(x => x === v).length);
      return el("tr", {}, el("td", { "data-of": "单位" }, el("a", { href: "#unit/" + n }, u.name), u.missing ? "（未报送）" : ""),
        el("td", { "data-of": "类别" }, u.kind), of.map((k, v) => el("td", { class: "number", "data-of": D.verdicts[v].name }, String(k))),
        el("td", { class: "number", "data-of": "问题" }, String(asked[n])),
        el("td", { class: "number", "data-of": "去除公共表述复制比（最高）" }, percent(most[n])));
    }));
    find.addEventListener("input", render);
    main.append(el("h2", {}, "单位"), el("div", { class: "filters" }, el("label", {}, "查找", find)),
      el("div", { class: "wide list" }, el("table", { class: "full stack" }, el("thead", {}, el("tr", {}, ["单位", "类别", ...D.verdicts.map(v => v.name), "问题", "复制比（最高）"].map(t => el("th", { scope: "col" }, t)))), body)));
    render();
  }
  function unit(n, item) {
    const u = D.units[n], mine = D.findings.filter(f => f.unit === n), docs = D.docs.filter(d => d.unit === n && !d.shelf);
    main.append(el("p", {}, el("a", { href: "#units" }, "← 全部单位")), el("h2", { tabindex: -1, id: "unit-name" }, u.name),
      u.note ? el("p", { class: "pre" }, u.note) : "",
      el("p", { class: "legend" }, D.verdicts.map((v, i) => el("span", {}, sign(i), ` ${v.name} ${u.row.filter(x => x === i).length}`))),
      el("h3", {}, "文件"), fileTable(docs),
      el("h3", {}, "整份材料和整个单位的问题"),
      ...(mine.some(f => f.item < 0) ? mine.filter(f => f.item < 0).map(f => finding(f, true)) : [el("p", { class: "quiet" }, "没有。")]),
      el("h3", {}, "逐项指标"));
    const only = el("select", { "aria-label": "只看" }, el("option", { value: "" }, "全部"), el("option", { value: "gap" }, "只看差距"), D.verdicts.map((v, i) => el("option", { value: i }, v.name)));
    const list = el("div");
    main.append(el("div", { class: "filters" }, el("label", {}, "只看", only)), list);
    unpack(u.chunk).then(rows => {
      const of = new Map(rows.map(r => [r.item, r]));
      const render = () => list.replaceChildren(...D.items.map((x, i) => [x, i]).filter(([, i]) =>
        only.value === "" || (only.value === "gap" ? D.verdicts[u.row[i]].gap : u.row[i] === +only.value)).map(([x, i]) => {
        const d = el("details", { id: "item-" + i }, el("summary", {}, sign(u.row[i]), ` ${x.no} ${x.title}`));
        d.addEventListener("toggle", () => { if (d.open && !d.dataset.full) fill(d, x, of.get(i), mine.filter(f => f.item === i)); });
        return d;
      }));
      const fill = (d, x, row, found) => {
        d.dataset.full = 1;
        const parts = [el("p", { class: "quiet" }, x.text)];
        if (row) {
          parts.push(el("p", {}, `${D.verdicts[row.status].name}：${row.why}`));
          if (row.measures) parts.push(el("p", { class: "quiet" }, `有关段落：事实 ${row.measures.facts} 处，每千字 ${row.measures.facts_per_thousand.toFixed(1)}；去除公共表述复制比 ${percent(row.measures.copied)}，套话率 ${percent(row.measures.formulae)}。`));
          if (!found.length) parts.push(...row.evidence.map(context));
        }
        d.append(el("div", {}, parts, found.map(f => finding(f, true))));
      };
      only.addEventListener("change", render);
      render();
      printAll = () => { for (const d of list.querySelectorAll("details")) { d.open = true; d.dispatchEvent(new Event("toggle")); } };
      const wanted = list.querySelector("#item-" + item);
      if (wanted) { wanted.open = true; wanted.querySelector("summary").focus(); wanted.scrollIntoView({ block: "start" }); }
    });
  }

  // ---- findings ----
  const number = id => el("code", { class: "id", title: "duibiao gaps mark、gaps history 用它指明一条问题" }, id);
  function finding(f, inUnit) {
    const x = D.items[f.item], about = x ? `${x.no} ${x.title}` : "";
    return el("article", { class: f.excused ? "excused" : null },
      el("h3", {}, inUnit ? "" : el("a", { href: "#unit/" + f.unit + (x ? "/item/" + f.item : "") }, D.units[f.unit] ? D.units[f.unit].name : ""), inUnit ? "" : "　", f.check, about && !inUnit ? "　" + about : ""),
      el("p", { class: "quiet" }, ["程度：" + f.severity, f.state, "审查意见：" + f.review + (f.note ? "（" + f.note + "）" : ""), f.round ? "本轮：" + f.round : ""].filter(Boolean).join("　"), "　编号：", number(f.id)),
      el("p", {}, f.message), f.at ? context(f.at) : f.doc >= 0 ? el("p", { class: "quiet" }, D.docs[f.doc].id) : "",
      f.source ? [el("p", {}, "参照："), context(f.source), f.at && pairOf(f.at.doc, f.source.doc) >= 0 ? el("p", {}, el("a", { href: "#pair/" + pairOf(f.at.doc, f.source.doc) }, "两份并排对照")) : ""] : "",
      f.ask ? el("p", {}, "整改要求：" + f.ask) : "");
  }
  function findings() {
    const choices = [["unit", "单位", f => D.units[f.unit] ? D.units[f.unit].name : "（未识别）"], ["check", "问题类型", f => f.check], ["severity", "程度", f => f.severity],
      ["state", "销号状态", f => f.state], ["review", "审查意见", f => f.review], ["round", "本轮", f => f.round]];
    const selects = choices.map(([id, name, of]) => {
      const values = new Map();
      for (const f of D.findings) if (of(f)) values.set(of(f), (values.get(of(f)) || 0) + 1);
      return { of, name, e: el("select", { id: "by-" + id }, el("option", { value: "" }, "全部"), [...values].map(([v, n]) => el("option", { value: v }, `${v}（${n}）`))), some: values.size > 0 };
    }).filter(s => s.some);
    const words = el("input", { type: "search", id: "by-words", placeholder: "文字或编号" });
    const count = el("p", { role: "status", "aria-live": "polite" }), list = el("div", { id: "list" }), more = el("button", { class: "more", type: "button" });
    let found = [], next = 0;
    const show = upTo => {
      for (; next < Math.min(upTo, found.length); next++) list.append(finding(found[next], false));
      more.hidden = next >= found.length;
      more.textContent = `再显示 ${Math.min(50, found.length - next)} 条`;
    };
    const render = () => {
      const w = words.value.trim();
      found = D.findings.filter(f => selects.every(s => !s.e.value || s.of(f) === s.e.value) &&
        (!w || f.id.startsWith(w) || [f.message, f.at && f.at.quote, f.source && f.source.quote, D.items[f.item] && D.items[f.item].title].some(t => t && t.includes(w))));
      list.replaceChildren();
      next = 0;
      show(50);
      count.textContent = found.length ? `共 ${found.length} 条。` : D.findings.length ? "没有符合条件的问题。" : "没有发现问题。读不出、未报送的不在此列，见“单位”和“文件”。";
    };
    for (const s of selects) s.e.addEventListener("change", render);
    words.addEventListener("input", render);
    more.addEventListener("click", () => show(next + 50));
    main.append(el("h2", {}, "问题"), el("div", { class: "filters" }, selects.map(s => el("label", {}, s.name, s.e)), el("label", {}, "查找", words)), count, list, more);
    render();
    printAll = () => show(found.length);
    if (D.gone.length) main.append(el("h2", {}, "以前各轮的问题，本轮不再列出的"), el("table", { class: "full stack" },
      el("thead", {}, el("tr", {}, ["单位", "指标", "问题", "结果", "时间", "编号"].map(t => el("th", { scope: "col" }, t)))),
      el("tbody", {}, D.gone.map(g => el("tr", {}, [["单位", g.unit], ["指标", g.about], ["问题", g.check + "：" + g.message], ["结果", g.round], ["时间", g.when], ["编号", number(g.id)]].map(([of, t]) => el("td", { "data-of": of }, t)))))));
  }

  // ---- copies ----
  let pairList;
  function pairs() {
    if (pairList) return pairList;
    const of = new Map();
    for (const r of D.reuse) {
      const key = r.at.doc + "/" + r.from.doc;
      if (!of.has(key)) of.set(key, { doc: r.at.doc, source: r.from.doc, list: [], runes: 0 });
      of.get(key).list.push(r);
      of.get(key).runes += r.runes;
    }
    pairList = [...of.values()].filter(p => D.docs[p.doc] && D.docs[p.source]).sort((a, b) => b.runes - a.runes);
    for (const p of pairList) p.list.sort((a, b) => a.at.start - b.at.start);
    return pairList;
  }
  let pairAt;
  function pairOf(doc, source) {
    if (!pairAt) pairAt = new Map(pairs().map((p, n) => [p.doc + "/" + p.source, n]));
    const n = pairAt.get(doc + "/" + source);
    return n === undefined ? -1 : n;
  }
  const shareOf = p => { const m = D.docs[p.doc].measures; return m && m.runes ? percent(Math.min(1, p.runes / m.runes)) : "—"; };
  const relations = p => [...new Set(p.list.map(r => r.relation))].join("、");
  function copies() {
    const find = el("input", { type: "search", id: "find-pair", placeholder: "文件或单位名称" }), body = el("tbody"), count = el("p", { role: "status" }), table = el("div", { class: "wide list" });
    const render = () => {
      const w = find.value.trim(), list = pairs().map((p, n) => [p, n]).filter(([p]) => !w || [p.doc, p.source].some(d => (D.docs[d].id + D.docs[d].whose).includes(w)));
      count.textContent = list.length ? `共 ${list.length} 对材料有相同的文字。` : w ? "没有符合条件的材料。" : "没有发现相同的文字（公共表述不计）。";
      table.hidden = !list.length;
      body.replaceChildren(...list.map(([p, n]) => el("tr", {}, el("td", { "data-of": "材料" }, el("a", { href: "#pair/" + n }, D.docs[p.doc].id)), el("td", { "data-of": "对照材料" }, D.docs[p.source].id),
        el("td", { "data-of": "关系" }, relations(p)), el("td", { "data-of": "段数", class: "number" }, String(p.list.length)), el("td", { "data-of": "相同字数", class: "number" }, String(p.runes)), el("td", { "data-of": "占正文", class: "number" }, shareOf(p)))));
    };
    find.addEventListener("input", render);
    main.append(el("h2", {}, "雷同"), el("p", { class: "quiet" }, "相同字数和占正文的比例都不计公共表述（各家必写的政治要求、法律名称、固定用语）。先后和来源只供参考，是否照搬由审查人判断；“引用”不计为问题。"),
      el("div", { class: "filters" }, el("label", {}, "查找", find)), count, table);
    table.append(el("table", { class: "full stack" }, el("thead", {}, el("tr", {}, ["材料", "对照材料", "关系", "段数", "相同字数", "占正文"].map(t => el("th", { scope: "col" }, t)))), body));
    render();
  }
  async function pair(n) {
    const p = pairs()[n], docs = [D.docs[p.doc], D.docs[p.source]], here = location.hash;
    const texts = await Promise.all(docs.map(d => d.chunk ? unpack(d.chunk) : []));
    if (location.hash !== here) return;
    let now = -1;
    const m = docs[0].measures;
    const sides = docs.map((d, side) => {
      const marks = p.list.map((r, i) => ({ ...(side ? r.from : r.at), i, same: side ? r.there : r.same }));
      const numbered = new Set();
      const make = (mark, text, from) => {
        const same = !mark.same.length || mark.same.some(([a, b]) => a <= from && from < b), first = same && !numbered.has(mark.i);
        if (!same) return el("span", { class: "within", title: "这一段里不相同的文字" }, text);
        numbered.add(mark.i);
        return el("mark", { tabindex: first ? 0 : null, "data-i": mark.i, onclick: () => go(mark.i, side), onkeydown: e => { if (e.key === "Enter") go(mark.i, side); } }, first ? el("sup", {}, String(mark.i + 1)) : "", text);
      };
      const body = texts[side].length ? texts[side].map(q => { const end = q.s + runes(q.t); return marked(q, marks.filter(k => k.start < end && k.end > q.s), make); })
        : marks.map(k => el("p", {}, make({ ...k, same: [] }, k.quote, k.start)));
      return el("section", { class: "side", tabindex: 0, "aria-label": (side ? "右：" : "左：") + d.id }, el("h3", {}, `${side ? "对照材料" : "材料"}：${d.id}`, el("span", { class: "quiet" }, `　${d.whose || ""} ${d.date || d.year || "日期不详"}`)), ...body);
    });
    const linked = el("input", { type: "checkbox", checked: true, id: "linked" }), say = el("span", { role: "status" });
    const tops = side => p.list.map((_, i) => { const e = sides[side].querySelector(`mark[data-i="${i}"]`); return e ? e.offsetTop : 0; });
    function go(i, from) {
      now = (i + p.list.length) % p.list.length;
      for (const s of sides) for (const e of s.querySelectorAll("mark")) e.classList.toggle("now", +e.dataset.i === now);
      quiet = Date.now() + 400;
      sides.forEach((s, side) => { if (side !== from) s.scrollTop = tops(side)[now] - 80; });
      const r = p.list[now];
      say.textContent = `第 ${now + 1} 段，共 ${p.list.length} 段：${r.relation}，相同 ${r.runes} 字。左 ${r.at.place}，右 ${r.from.place}。`;
    }
    let quiet = 0;
    sides.forEach((s, side) => s.addEventListener("scroll", () => {
      if (!linked.checked || Date.now() < quiet) return;
      quiet = Date.now() + 60;
      const other = sides[1 - side], pts = tops(side).map((t, i) => [t, tops(1 - side)[i]]).sort((a, b) => a[0] - b[0]);
      pts.unshift([0, 0]);
      pts.push([s.scrollHeight, other.scrollHeight]);
      const at = s.scrollTop + 80, k = Math.max(1, pts.findIndex(q => q[0] > at)), [a, b] = [pts[k - 1], pts[k]];
      other.scrollTop = a[1] + (b[1] - a[1]) * (at - a[0]) / Math.max(1, b[0] - a[0]) - 80;
    }));
    const next = () => go(now + 1), before = () => go(now < 0 ? -1 : now - 1);
    keys = { n: next, p: before };
    main.append(el("p", {}, el("a", { href: "#copies" }, "← 全部雷同")), el("h2", {}, "并排对照"),
      el("p", {}, `${relations(p)}：${p.list.length} 段，除去公共表述相同 ${p.runes} 字，占左侧正文 ${shareOf(p)}。` + (m ? `左侧这份与所有材料相比：雷同段落占 ${percent(m.passages)}，去除公共表述复制比 ${percent(m.copied)}，含公共表述的总文字复制比 ${percent(m.total)}。` : "")),
      el("div", { class: "tools" }, el("button", { type: "button", onclick: before }, "上一段（p）"), el("button", { type: "button", onclick: next }, "下一段（n）"), el("label", {}, linked, " 联动滚动"), say),
      el("div", { class: "sides" }, sides), el("p", { class: "quiet" }, "底色：两边相同的文字；下划线：同一段里不相同的文字。数字是段的编号。"), el("h3", {}, "相同的各段"),
      el("ol", { class: "passages" }, p.list.map((r, i) => el("li", {}, el("button", { type: "button", onclick: () => { go(i); sides[0].scrollIntoView({ block: "center" }); } },
        `${r.relation}　${r.at.place} ← ${r.from.place}　${r.runes} 字`), el("p", { class: "quiet" }, cut(r.at.quote, 0, 80) + (runes(r.at.quote) > 80 ? "……" : ""))))));
    if (p.list.length) go(0);
  }

  // ---- files, about ----
  function fileTable(docs) {
    return el("div", { class: "wide list" }, el("table", { class: "full stack" }, el("thead", {}, el("tr", {}, ["文件", "状态", "种类", "年度", "字数", "页数", "去除公共表述复制比", "总文字复制比", "事实/千字", "说明"].map(t => el("th", { scope: "col" }, t)))),
      el("tbody", {}, docs.map(d => el("tr", {}, [["文件", d.id], ["状态", d.status], ["种类", d.shelf || d.kind], ["年度", d.year], ["字数", d.runes || "—"], ["页数", d.pages || "—"],
        ["去除公共表述复制比", d.measures ? percent(d.measures.copied) : "—"], ["总文字复制比", d.measures ? percent(d.measures.total) : "—"], ["事实/千字", d.measures ? d.measures.facts_per_thousand.toFixed(1) : "—"], ["说明", d.notes]]
        .map(([of, t]) => el("td", { "data-of": of, class: of === "状态" && d.unread ? "v6" : of === "说明" ? "pre" : null }, String(t))))))));
  }
  function files() {
    main.append(el("h2", {}, "文件"), fileTable(D.docs));
    if (D.skipped.length) main.append(el("h3", {}, "没有作为报送材料的"), el("ul", {}, D.skipped.map(s => el("li", {}, `${s.path}：${s.reason}`))));
  }
  function about() {
    main.append(el("h2", {}, "说明"), el("div", { class: "wide" }, el("table", { class: "full" }, el("tbody", {}, D.about.map(([a, b]) => el("tr", {}, el("th", { scope: "row" }, a), el("td", {}, b)))))));
  }

  // ---- start ----
  let printAll = () => {};
  addEventListener("beforeprint", () => printAll());
  addEventListener("hashchange", () => { printAll = () => {}; route(); main.focus({ preventScroll: true }); if (!location.hash.includes("/item/")) scrollTo(0, 0); });
  if (!("DecompressionStream" in window)) {
    document.getElementById("opening").textContent = "这个浏览器版本太旧，打不开报告。请换用近几年的 Edge、Chrome、火狐或 360 浏览器（极速模式）。";
    return;
  }
  unpack(0).then(data => {
    D = data;
    document.getElementById("note").textContent = D.note;
    document.getElementById("tabs").append(...shown().map(([id, name]) => el("a", { href: "#" + id }, name)));
    route();
  });
})();
