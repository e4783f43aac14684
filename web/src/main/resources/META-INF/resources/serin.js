// Everything here only makes the pages smoother: without it every page still shows and decides.
(() => {
  'use strict';
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const live = () => $('#live');

  // Times: in the reader's zone, in words that stay true while the page stands.
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  const day = { day: 'numeric', month: 'short' };
  const exact = new Intl.DateTimeFormat('en-GB', {
    ...day, year: 'numeric', ...clock, second: '2-digit', timeZoneName: 'short',
  });
  const short = new Intl.DateTimeFormat('en-GB', { ...day, ...clock, second: '2-digit' });
  const forms = {
    'HH:mm:ss': { ...clock, second: '2-digit' },
    'HH:mm': clock,
    'd MMM HH:mm': { ...day, ...clock },
  };
  // How far the server's clock is ahead of this one; the words of the server are right.
  let ahead = 0;

  const words = (seconds) => {
    const size = Math.abs(seconds);
    if (size < 5) return 'just now';
    const [count, unit] = size < 60 ? [size, 's'] : size < 3600 ? [size / 60, 'min']
      : size < 86400 ? [size / 3600, 'h'] : [size / 86400, 'd'];
    const text = `${Math.floor(count)} ${unit}`;
    return seconds < 0 ? `in ${text}` : `${text} ago`;
  };
  const tellTimes = (from = document) => {
    for (const time of all('time[datetime]', from)) {
      const at = new Date(time.dateTime);
      if (isNaN(at)) continue;
      time.title = exact.format(at);
      if (time.hasAttribute('data-exact')) time.textContent = short.format(at);
      if (!time.hasAttribute('data-relative')) continue;
      const age = (Date.now() + ahead - at) / 1000;
      if (Math.abs(age) < 31 * 86400) time.textContent = words(age);
    }
    for (const text of all('text[data-at]', from)) {
      const form = forms[text.dataset.form];
      if (form) text.textContent = new Date(text.dataset.at).toLocaleString('en-GB', form);
    }
  };
  const nameZone = () => {
    const zone = $('#zone');
    const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone && name) zone.textContent = `${name} (yours)`;
  };

  // Hold: the page stands still while a person says so, or while a question is open.
  let held = false;
  let missed = false;
  // A press must end on what it began on, and a form that is being sent must not be taken away.
  let pressed = false;
  let sending = false;
  const asking = () => pressed || sending || $('dialog[open]') !== null;
  const refresh = () => {
    if (live() && window.htmx) window.htmx.trigger(live(), 'refresh');
  };
  const catchUp = () => {
    if (missed && !held && !asking()) {
      missed = false;
      refresh();
    }
  };
  // What comes about while an answer is on its way may not be in it, and htmx forgets what was to follow together with
  // the part of the page that it replaces.
  let heard = 0;
  let answered = 0;
  const hear = () => { heard++; };
  document.addEventListener('htmx:sseOpen', (event) => event.detail.source.addEventListener('changed', hear));
  document.addEventListener('htmx:beforeRequest', (event) => {
    const { elt, requestConfig } = event.detail;
    if (elt.id !== 'live' || !requestConfig || requestConfig.verb !== 'get') return;
    if (held || asking()) {
      missed = true;
      event.preventDefault();
    } else {
      // Once all have heard what it is asked for.
      setTimeout(() => { answered = heard; }, 0);
    }
  });
  const released = () => setTimeout(() => {
    pressed = false;
    catchUp();
  }, 0);
  document.addEventListener('pointerdown', () => { pressed = true; });
  document.addEventListener('pointerup', released);
  document.addEventListener('pointercancel', released);
  document.addEventListener('submit', (event) => setTimeout(() => {
    if (event.defaultPrevented) return;
    sending = true;
    // Where the answer is no page, as with a file, this one goes on.
    setTimeout(() => {
      sending = false;
      catchUp();
    }, 5000);
  }, 0));
  const hold = $('#hold');
  if (hold && live()) {
    hold.hidden = false;
    hold.addEventListener('click', () => {
      held = !held;
      hold.setAttribute('aria-pressed', String(held));
      hold.textContent = held ? 'Updates held' : 'Hold updates';
      say(held ? 'Updates are held.' : 'Updates go on.');
      catchUp();
    });
  }

  // What was said of the reader's own act: spoken, and there until the next one or until it is put away. The server says
  // it once, so that no other answer has it.
  let told = null;
  let kept = null;
  const note = () => $('#live > .note[data-say]');
  const tellNote = () => {
    const now = note();
    if (now && now !== told) {
      say(now.dataset.say);
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'minor';
      button.textContent = 'Dismiss';
      button.addEventListener('click', () => {
        now.remove();
        $('#main').focus({ preventScroll: true });
      });
      now.append(button);
    }
    told = now;
  };
  document.addEventListener('htmx:afterSwap', () => {
    if (kept && live() && !note()) live().prepend(kept);
    kept = null;
  });

  // What a swap must not lose, and what it changed.
  let before = new Map();
  let unfolded = [];
  // htmx gives the focus back to what has an id; all else is found again by what it is and says.
  let focused = null;
  const same = (element) =>
    [element.tagName, element.getAttribute('href'), element.textContent.trim()].join(' ');
  const keepFocus = () => {
    const element = document.activeElement;
    focused = element && !element.id && element.closest('#live')
      ? { what: same(element), place: all('#live ' + element.tagName).indexOf(element), tag: element.tagName }
      : null;
  };
  const giveFocusBack = () => {
    if (focused && (!document.activeElement || document.activeElement === document.body)) {
      const candidates = all('#live ' + focused.tag);
      const at = candidates[focused.place];
      const again = at && same(at) === focused.what ? at
        : candidates.find((element) => same(element) === focused.what) || at;
      if (again) again.focus({ preventScroll: true });
    }
    focused = null;
  };
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.target && event.detail.target.id === 'live') {
      // An answer that was on its way when a question opened must not take the question away.
      if (event.detail.requestConfig.verb === 'get' && (held || asking())) {
        event.detail.shouldSwap = false;
        missed = true;
        return;
      }
      before = new Map(all('#live [data-watch][id]').map((e) => [e.id, e.textContent.trim()]));
      unfolded = all('#live details[open][id]').map((e) => e.id);
      keepFocus();
      kept = event.detail.requestConfig.verb === 'get' ? note() : null;
      const status = event.detail.xhr.status;
      // A page that says what went wrong replaces the whole page, never a part of it.
      if (status >= 400 && event.detail.requestConfig.verb !== 'get') {
        event.detail.shouldSwap = false;
        say('That was not done. The page is read again.');
        location.reload();
      } else if (event.detail.requestConfig.verb === 'post') {
        // What was sent must not stand there again, but for a comment that was not used.
        const unused = event.detail.serverResponse.includes(' data-kept');
        if (!unused) all('#live textarea').forEach((textarea) => { textarea.value = ''; });
      }
    }
  });
  // Not before htmx has settled: until then it puts back the classes of before.
  document.addEventListener('htmx:afterSettle', () => {
    for (const id of unfolded) {
      const details = document.getElementById(id);
      if (details) details.open = true;
    }
    for (const element of all('#live [data-watch][id]')) {
      const was = before.get(element.id);
      if (was !== undefined && was !== element.textContent.trim()) {
        element.classList.add('changed');
        setTimeout(() => element.classList.remove('changed'), 4000);
      }
    }
    before = new Map();
    unfolded = [];
    giveFocusBack();
    tellTimes();
    tellState();
    tellNote();
    numberLines();
    if (heard !== answered) refresh();
  });

  // The state in the title, in the tab's icon, and spoken.
  const say = (text) => {
    const status = $('#status');
    if (status && status.textContent !== text) status.textContent = text;
  };
  let said = live() ? live().dataset.say : '';
  const tellState = () => {
    const now = live();
    if (!now) return;
    const { title, icon } = now.dataset;
    if (title && document.title !== title) document.title = title;
    const link = $('#icon');
    if (icon && link && link.getAttribute('href') !== icon) link.setAttribute('href', icon);
    if (now.dataset.say !== said) {
      said = now.dataset.say;
      say(said);
    }
  };

  // The connection: poll while the stream is silent or cut, say so while nothing comes through.
  const poll = 5000;
  let streaming = false;
  let failing = false;
  let since = new Date();
  const lost = (yes) => {
    const note = $('#lost');
    if (!note || note.hidden === !yes) return;
    $('#lost-since').textContent = `at ${since.toLocaleTimeString('en-GB')}`;
    note.hidden = !yes;
    say(yes ? 'The connection is lost.' : 'The connection is back.');
  };
  document.addEventListener('htmx:sseMessage', () => { streaming = true; });
  document.addEventListener('htmx:sseError', () => { streaming = false; });
  document.addEventListener('htmx:sseClose', () => { streaming = false; });
  document.addEventListener('htmx:afterRequest', (event) => {
    if (event.detail.elt.id !== 'live' && !event.detail.successful) return;
    // Signed out meanwhile: the whole page leads to where one signs in.
    if (event.detail.xhr.status === 401) location.reload();
    failing = !event.detail.successful;
    if (!failing) since = new Date();
    lost(failing);
  });
  document.addEventListener('htmx:sendError', () => { failing = true; lost(true); });
  setInterval(() => {
    const listens = $('[sse-connect]') !== null;
    if (listens && (!streaming || failing) && !document.hidden) refresh();
  }, poll);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) catchUp(); });
  setInterval(() => { if (!held && !document.hidden) tellTimes(); }, 20000);

  // A page that could not be made tries again by itself.
  const retry = $('[data-retry]');
  if (retry) setTimeout(() => location.assign(location.href), Number(retry.dataset.retry) * 1000);

  // Questions: a button that brings more risk asks first.
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.asks) {
      const dialog = document.getElementById(button.dataset.asks);
      if (dialog && dialog.showModal && (!button.form || button.form.reportValidity())) {
        dialog.showModal();
        dialog.addEventListener('close', catchUp, { once: true });
      }
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (button.hasAttribute('data-close')) {
      button.closest('dialog').close();
    } else if (button.closest('dialog[open]')) {
      button.closest('dialog').close();
    }
  }, true);

  // Keys: they move, they never act.
  const rows = () => all('[data-row] a:not(.to-route)').filter((a, i, list) =>
    list.findIndex((b) => b.closest('[data-row]') === a.closest('[data-row]')) === i);
  const step = (by) => {
    const list = rows();
    if (!list.length) return;
    const at = list.findIndex((a) => a.closest('[data-row]').contains(document.activeElement));
    list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + by))].focus();
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || asking()) return;
    if (event.target.closest('input, textarea, select, [contenteditable]')) return;
    const moves = {
      '/': () => { const filter = $('#filter'); if (filter) filter.focus(); },
      j: () => step(1),
      k: () => step(-1),
      a: () => { const gate = $('#gate'); if (gate) { gate.focus(); gate.scrollIntoView({ block: 'nearest' }); } },
      '?': () => { const keys = $('#keys'); keys.open = true; $('summary', keys).focus(); },
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      move();
    }
  });

  // One line through all courses.
  document.addEventListener('pointermove', (event) => {
    const over = event.target.closest && event.target.closest('svg.course');
    const courses = all('svg.course');
    if (!courses.length) return;
    if (!over) {
      courses.forEach((course) => { $('.hover', course).replaceChildren(); });
      return;
    }
    const box = over.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    courses.forEach((course) => hover(course, part));
  });
  const svg = (name, attributes, text = '') => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };
  const hover = (course, part) => {
    const points = all('.points circle', course);
    const near = points.reduce((best, point) => {
      const away = Math.abs(parseFloat(point.getAttribute('cx')) / 100 - part);
      return !best || away < best.away ? { point, away } : best;
    }, null);
    const group = $('.hover', course);
    if (!near) return;
    const x = near.point.getAttribute('cx');
    const right = parseFloat(x) > 50;
    group.replaceChildren(
      svg('line', { x1: x, x2: x, y1: 14, y2: 136 }),
      svg('circle', { cx: x, cy: near.point.getAttribute('cy'), r: 4 }),
      svg('text', { x, y: 26, dx: right ? -6 : 6, 'text-anchor': right ? 'end' : 'start' }, near.point.textContent),
    );
  };

  // The editor: line numbers, and a mark at lines that have a problem.
  const editor = $('#plan');
  let gutter = null;
  const numberLines = () => {
    if (!editor) return;
    if (!gutter) {
      gutter = document.createElement('ol');
      gutter.className = 'gutter';
      gutter.setAttribute('aria-hidden', 'true');
      $('#editor').prepend(gutter);
      editor.addEventListener('input', numberLines);
      editor.addEventListener('scroll', () => { gutter.scrollTop = editor.scrollTop; });
    }
    const bad = new Map(all('#verdict .problems li').map((e) =>
      [Number(e.dataset.line), e.classList.contains('warning') ? 'warning' : 'error']));
    const count = editor.value.split('\n').length;
    gutter.replaceChildren(...Array.from({ length: count }, (_, i) => {
      const line = document.createElement('li');
      if (bad.has(i + 1)) line.className = bad.get(i + 1);
      return line;
    }));
    gutter.scrollTop = editor.scrollTop;
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a.line');
    if (!link || !editor) return;
    event.preventDefault();
    const lines = editor.value.split('\n');
    const line = Math.min(lines.length, Number(link.dataset.line));
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    editor.focus();
    editor.setSelectionRange(start, start + lines[line - 1].length);
  });

  // How long ago the server's words say; null where they are a date.
  const toldAge = (text) => {
    if (text === 'just now') return 0;
    const [, coming, count, unit] = /^(in )?(\d+) (s|min|h|d)( ago)?$/.exec(text) || [];
    const size = Number(count) * { s: 1, min: 60, h: 3600, d: 86400 }[unit];
    return unit ? (coming ? -size : size) : null;
  };
  for (const time of all('time[data-relative]')) {
    const age = toldAge(time.textContent.trim());
    if (age === null) continue;
    const seen = (Date.now() - new Date(time.dateTime)) / 1000;
    // A coarse check: only a clock that is clearly wrong is corrected.
    if (Math.abs(seen - age) > Math.max(120, Math.abs(age))) ahead = (age - seen) * 1000;
    break;
  }
  nameZone();
  tellTimes();
  numberLines();
  // A moment later: who reads the page aloud does not hear what stood there from the beginning.
  setTimeout(tellNote, 500);
})();
