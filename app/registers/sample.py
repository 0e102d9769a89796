"""What stands in the form of a new register: a small one that works, to be changed."""

SAMPLE = """\
key: visitors_to_the_archive
name: {zh_Hans: 来馆登记, zh_Hant: 來館登記, en: Visitors to the archive}
entry: {zh_Hans: 来馆, zh_Hant: 來館, en: Visit}
read: [everyone]
write: [clerk, supervisor, manager, archivist]
number: "LG-{year}-{sequence:03d}"
bound: nothing
fields:
  - key: visitor
    kind: text
    required: true
    label: {zh_Hans: 来人, zh_Hant: 來人, en: Who came}
  - key: purpose
    kind: choice
    label: {zh_Hans: 事由, zh_Hant: 事由, en: Purpose}
    words:
      look_up: {zh_Hans: 查阅, zh_Hant: 查閱, en: Look-up}
      other: {zh_Hans: 其他, zh_Hant: 其他, en: Other}
  - key: back_on
    kind: date
    label: {zh_Hans: 回复期限, zh_Hant: 回覆期限, en: Answer due on}
states:
  - {key: open, name: {zh_Hans: 待办, zh_Hant: 待辦, en: Open}, tone: warn}
  - {key: done, name: {zh_Hans: 已办, zh_Hant: 已辦, en: Done}, tone: good, over: true}
moves:
  - key: finish
    name: {zh_Hans: 办结, zh_Hant: 辦結, en: Finish}
    from: [open]
    to: done
    roles: [clerk, supervisor, manager]
due: back_on
list: [number, visitor, purpose, back_on, state]
"""
