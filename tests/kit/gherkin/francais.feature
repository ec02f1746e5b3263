# language: fr
@français
Fonctionnalité: Tout en français
  Une description.

  Contexte:
    Soit I open "/"

  Scénario: Étape par étape
    Quand I open "/été"
    Et que I open "/hiver"
    Alors I see the link "X"

  Plan du scénario: Les lignes
    Etant donné que I open "<où>"
    Exemples:
      | où   |
      | /ici |
