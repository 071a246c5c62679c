"""
The components of every page; builtins, so no ``{% load %}``. Live examples: the gallery page.

Records (``jingkai.web.parts``) may also be dicts where a tag takes ``Stat``, ``Term``, ``Entry``,
``Link``, ``Chip`` or ``Pages``. Tones: green, amber, red, blue, grey. Icons: names of the Tabler
set without ``ti-``. Shares are exact: 1 = 100 %.

Status
    {% icon name %}
    {% badge text tone="grey" symbol=None %}
    {% light tone label="" reason="" %}
    {% progress share label="" tone="" %}                       share None: no data
    {% person name role="" %}
    {% file_chip name url="" size="" %}
    {% figure_link value url label="" %}
    {% no_data %}
Panels
    {% card title="" subtitle="" symbol="" flush=False name="" %}…{% endcard %}
    {% card_tools %}…{% endcard_tools %}                        first child of a card
    {% alert tone="blue" title="" %}…{% endalert %}
    {% empty title text="" url="" action="" symbol="inbox" %}
    {% failure title text="" url="" action="" %}
    {% skeleton lines=3 %}
    {% dialog name title size="" %}…{% enddialog %}             size: "" or "wide"
    {% drawer name title %}…{% enddrawer %}
    {% dialog_from name title url kind="" %}                    fetched; kind: or "drawer"
    {% opens name label symbol="" style="btn" %}                opens a dialog or drawer
    {% menu label symbol="" style="btn" %}…{% endmenu %}
    {% menu_item label url symbol="" active=False %}
    {% menu_post label url symbol="" confirm="" %}
    {% kanban label %}…{% endkanban %}
    {% kanban_column title count=None note="" url="" %}…{% endkanban_column %}
    {% kanban_card title url tone="" status="" person="" %}…{% endkanban_card %}
Records
    {% stat figure %}                                           parts.Stat
    {% definition_list terms columns=2 %}                       parts.Term
    {% timeline entries label="" %}                             parts.Entry
    {% table headings rows caption selectable=False total=None cards=False %}   parts.Heading, Row
    {% table_frame caption %}<thead>…<tbody>…{% endtable_frame %}
    {% chart figure name %}                                     parts.Chart
    {% options values chosen="" %}                              (value, label) pairs
Paths
    {% page_header title subtitle="" %}actions{% endpage_header %}
    {% breadcrumbs crumbs %}                                    parts.Link
    {% tabs links label %}                                      parts.Link
    {% pagination pages label="" %}                                parts.Pages
    {% filter_chips chips clear_url %}                          parts.Chip
    {% stepper labels current %}                                current from 1
Forms
    {% field bound wide=False %}
    {% fields form columns=2 %}
    {% form_actions submit="" cancel_url="" %}
    {% form_key %}                                              beside the CSRF token

Every argument may be given by name; booleans, ``total``, ``confirm`` and those of
``kanban_card`` after ``url`` only so. Layout classes: ``jk-grid`` (with ``is-four``, ``is-six``,
``is-halves`` or ``is-main-aside``), ``jk-stack``, ``jk-row``, ``jk-toolbar`` (``is-end``),
``jk-fields has-2``.

Attributes that jingkai.js reads: ``data-confirm="question"`` on a form; ``data-dirty`` on a form
warns before leaving it changed; ``data-opens="id"``; ``data-closes``; ``data-select-all``;
``data-selection`` shows while rows are selected, ``data-selection-count`` in it the number;
``data-autosubmit`` on a form or select; ``data-shortcut="d"`` is reached by "g d"; ``data-print``.
"""

from django import template

from jingkai.web.components import entry, markup, panels, paths, records, status

register = template.Library()

for tag in (
    markup.icon,
    status.badge,
    status.light,
    status.progress,
    status.person,
    status.file_chip,
    status.figure_link,
    status.no_data,
    panels.empty,
    panels.failure,
    panels.skeleton,
    panels.dialog_from,
    panels.opens,
    panels.menu_item,
    records.stat,
    records.definition_list,
    records.timeline,
    records.table,
    records.chart,
    records.options,
    paths.breadcrumbs,
    paths.tabs,
    paths.pagination,
    paths.filter_chips,
    paths.stepper,
    entry.field,
    entry.fields,
    entry.form_actions,
    entry.form_key,
):
    register.simple_tag(tag)

register.simple_tag(panels.menu_post, takes_context=True)

for block in (
    panels.card,
    panels.card_tools,
    panels.alert,
    panels.dialog,
    panels.drawer,
    panels.menu,
    panels.kanban,
    panels.kanban_column,
    panels.kanban_card,
    records.table_frame,
    paths.page_header,
):
    register.simple_block_tag(block)
