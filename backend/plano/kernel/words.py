"""The human titles of refusals, by code, in the caller's language. The web client has its own, finer ones."""

from django.utils.translation import get_language

TITLES = {
    "invalid": (
        "La demande n’est pas valable.",
        "The request is not valid.",
    ),
    "sign_in_required": (
        "Veuillez vous connecter.",
        "Please sign in.",
    ),
    "forbidden": (
        "Vous ne pouvez pas faire cela.",
        "You may not do this.",
    ),
    "role_too_low": (
        "Votre rôle ici ne le permet pas.",
        "Your role here does not allow this.",
    ),
    "origin_not_found": (
        "La source n’existe plus, ou vous ne la voyez pas.",
        "The source no longer exists, or you do not see it.",
    ),
    "origin_elsewhere": (
        "La source se trouve dans un autre espace.",
        "The source is in another workspace.",
    ),
    "too_many_made": (
        "Ce message a déjà donné lieu à vingt éléments.",
        "Twenty things have been made of this message already.",
    ),
    "decision_empty": (
        "Écrivez ce qui a été décidé.",
        "Write what was decided.",
    ),
    "decided_when": (
        "La date d’une décision est au plus tard aujourd’hui.",
        "The date of a decision is today at the latest.",
    ),
    "decision_not_found": (
        "Cette décision n’existe pas dans cette discussion.",
        "This decision does not exist in this conversation.",
    ),
    "replaced_by_what": (
        "Dites quelle décision la remplace.",
        "Say which decision replaces it.",
    ),
    "replaced_in_a_circle": (
        "Cette décision est elle-même remplacée par celle-ci.",
        "That decision is itself replaced by this one.",
    ),
    "workspace_archived": (
        "Cet espace est archivé : il peut être lu, pas modifié.",
        "This workspace is archived: it can be read, not changed.",
    ),
    "not_found": (
        "Cela n’existe pas, ou vous n’y avez pas accès.",
        "This does not exist, or you do not have access to it.",
    ),
    "conflict": (
        "Ce n’est pas possible dans l’état actuel.",
        "This is not possible in the present state.",
    ),
    "changed_meanwhile": (
        "Quelqu’un a modifié cela entre-temps.",
        "Somebody else changed this in the meantime.",
    ),
    "too_large": (
        "C’est plus grand que la limite.",
        "This is larger than the limit.",
    ),
    "too_many_requests": (
        "Trop d’essais. Veuillez patienter un peu.",
        "Too many tries. Please wait a little.",
    ),
    "unavailable": (
        "Une partie de Plano n’est pas disponible pour l’instant. Rien n’est perdu.",
        "A part of Plano is not available at the moment. Nothing was lost.",
    ),
    "server_error": (
        "Une erreur est survenue de notre côté. Rien n’est perdu.",
        "Something went wrong on our side. Nothing was lost.",
    ),
    "csrf_failed": (
        "Cette page a expiré. Veuillez la recharger.",
        "This page has expired. Please reload it.",
    ),
    "foreign_origin": (
        "Cette demande ne vient pas de Plano.",
        "This request does not come from Plano.",
    ),
    "last_manager": (
        "Un espace garde au moins un gestionnaire.",
        "A workspace keeps at least one manager.",
    ),
    "already_member": (
        "Cette personne est déjà membre.",
        "This person is already a member.",
    ),
    "invitation_not_found": (
        "Cette invitation n’est plus valable.",
        "This invitation is no longer valid.",
    ),
    "slug_taken": (
        "Cette adresse est déjà prise.",
        "This address is already taken.",
    ),
    "wrong_credentials": (
        "L’identifiant ou le mot de passe n’est pas le bon.",
        "The identifier or the password is not right.",
    ),
    "wrong_password": (
        "Ce n’est pas votre mot de passe actuel.",
        "This is not your present password.",
    ),
    "push_off": (
        "Votre hébergeur n’a pas activé les alertes du navigateur.",
        "Your host has not switched browser alerts on.",
    ),
    "push_service_not_allowed": (
        "Votre hébergeur n’autorise pas le service d’alertes de ce navigateur.",
        "Your host does not allow this browser’s alert service.",
    ),
    "push_tried_just_now": (
        "Vous venez d’essayer. Attendez quelques secondes.",
        "You have just tried. Wait a few seconds.",
    ),
    "too_many_attempts": (
        "Trop d’essais. Attendez un peu avant de recommencer.",
        "Too many attempts. Wait a little before you try again.",
    ),
    "busy": (
        "Le service est très sollicité. Réessayez dans un instant.",
        "The service is very busy. Try again in a moment.",
    ),
    "password_refused": (
        "Ce mot de passe ne convient pas.",
        "This password will not do.",
    ),
    "recent_proof_required": (
        "Donnez d’abord à nouveau votre mot de passe.",
        "Please give your password again first.",
    ),
    "link_over": (
        "Ce lien a déjà servi ou n’est plus valable.",
        "This link has been used or is no longer valid.",
    ),
    "identifier_taken": (
        "Cet identifiant est déjà pris.",
        "This identifier is already taken.",
    ),
    "identifier_in_use": (
        "Cette clé désigne déjà autre chose.",
        "This key already names something else.",
    ),
    "email_taken": (
        "Cette adresse a déjà un compte.",
        "This address has an account already.",
    ),
    "too_many_application_passwords": (
        "Vous avez trop de mots de passe d’application : révoquez-en un d’abord.",
        "You have too many application passwords: revoke one first.",
    ),
    "last_admin": (
        "La plateforme doit garder un administrateur.",
        "The platform must keep an administrator.",
    ),
    "picture_too_large": (
        "L’image dépasse 5 Mio.",
        "The picture is larger than 5 MiB.",
    ),
    "invalid_picture": (
        "Ce fichier n’est pas une image utilisable (PNG, JPEG, WebP ou GIF).",
        "This file is not a usable picture (PNG, JPEG, WebP or GIF).",
    ),
    "column_not_found": (
        "Cette colonne n’est pas sur ce tableau.",
        "This column is not on this board.",
    ),
    "column_not_empty": (
        "Cette colonne contient encore des tâches : déplacez-les d’abord.",
        "This column still holds tasks: move them first.",
    ),
    "last_column": (
        "Un tableau garde au moins une colonne.",
        "A board keeps at least one column.",
    ),
    "too_many_columns": (
        "Ce tableau a déjà beaucoup de colonnes : supprimez-en une d’abord.",
        "This board has many columns already: delete one first.",
    ),
    "too_many_labels": (
        "Il y a déjà beaucoup d’étiquettes : supprimez-en une d’abord.",
        "There are many labels already: delete one first.",
    ),
    "too_many_assignees": (
        "Une tâche a vingt personnes au plus.",
        "A task has twenty people at most.",
    ),
    "label_name_taken": (
        "Cette étiquette existe déjà.",
        "This label exists already.",
    ),
    "label_not_found": (
        "Cette étiquette n’est pas de ce tableau.",
        "This label is not of this board.",
    ),
    "task_not_found": (
        "Cette tâche n’est pas sur ce tableau.",
        "This task is not on this board.",
    ),
    "time_without_date": (
        "Une heure demande une date.",
        "A time needs a date.",
    ),
    "checklist_too_long": (
        "Une liste a cent éléments au plus.",
        "A checklist has a hundred items at most.",
    ),
    "ends_before_it_begins": (
        "La fin précède le début.",
        "The end is before the start.",
    ),
    "unknown_time_zone": (
        "Ce fuseau horaire n’est pas connu.",
        "This time zone is not known.",
    ),
    "invalid_time": (
        "Cette date ou cette heure ne se lit pas.",
        "This date or time cannot be read.",
    ),
    "date_out_of_range": (
        "Cette date est trop lointaine.",
        "This date is too far away.",
    ),
    "event_too_long": (
        "Un événement dure deux ans au plus.",
        "An event lasts two years at most.",
    ),
    "window_too_large": (
        "Cette période est trop longue : deux ans au plus.",
        "This period is too long: two years at most.",
    ),
    "recurrence_not_supported": (
        "Cette répétition n’est pas prise en charge.",
        "This repetition is not supported.",
    ),
    "too_many_exceptions": (
        "Cette série a trop de dates modifiées.",
        "This series has too many changed dates.",
    ),
    "not_invited": (
        "Seules les personnes conviées peuvent répondre.",
        "Only those invited can answer.",
    ),
    "name_taken": (
        "Ce nom est déjà pris ici.",
        "This name is taken here.",
    ),
    "newer_version": (
        "Quelqu’un a enregistré une version plus récente.",
        "Somebody has saved a newer version.",
    ),
    "condition_missing": (
        "Quelqu’un d’autre a écrit ce contenu : dites de quelle version vous partez (If-Match).",
        "Somebody else wrote this content: say which version you start from (If-Match).",
    ),
    "unknown_extension": (
        "Cette extension de tus n’est pas prise en charge.",
        "This extension of tus is not supported.",
    ),
    "name_missing": (
        "Donnez un nom.",
        "Give a name.",
    ),
    "name_has_slash": (
        "Un nom ne contient ni « / » ni « \\ ».",
        "A name contains neither “/” nor “\\”.",
    ),
    "name_too_long": (
        "Ce nom est trop long : 255 octets au plus.",
        "This name is too long: 255 bytes at most.",
    ),
    "parent_not_found": (
        "Ce dossier n’existe pas ou n’est pas visible pour vous.",
        "This folder does not exist or is not visible to you.",
    ),
    "folder_gone": (
        "Ce dossier vient d’être supprimé. Choisissez un autre endroit.",
        "This folder has just been deleted. Choose another place.",
    ),
    "into_itself": (
        "Un dossier ne se range pas dans lui-même.",
        "A folder cannot go into itself.",
    ),
    "too_deep": (
        "Cette arborescence est trop profonde.",
        "This tree is too deep.",
    ),
    "document_too_large": (
        "Ce fichier dépasse la taille permise.",
        "This file is larger than the limit.",
    ),
    "quota_exceeded": (
        "L’espace est plein. Videz la corbeille ou demandez de la place.",
        "The workspace is full. Empty the bin or ask for room.",
    ),
    "too_many_uploads": (
        "Beaucoup de dépôts sont déjà en cours. Attendez que quelques-uns finissent.",
        "Many uploads are under way already. Wait until some are done.",
    ),
    "storage_full": (
        "Il n’y a plus de place sur le serveur. Rien n’est perdu : prévenez l’assistance.",
        "The server has no room left. Nothing is lost: tell the support.",
    ),
    "storage_unavailable": (
        "Le stockage ne répond pas. Rien n’est perdu : réessayez dans un instant.",
        "The storage does not answer. Nothing is lost: try again in a moment.",
    ),
    "storage_key_missing": (
        "La clé des fichiers n’est pas sur le serveur. Rien n’est perdu : prévenez l’assistance.",
        "The key of the files is not on the server. Nothing is lost: tell the support.",
    ),
    "content_damaged": (
        "Ce contenu est abîmé sur le serveur. Prévenez l’assistance, qui peut le reprendre d’une sauvegarde.",
        "This content is damaged on the server. Tell the support, who can take it from a backup.",
    ),
    "locked": (
        "Quelqu’un d’autre a verrouillé ce document ou son dossier.",
        "Somebody else has locked this document or its folder.",
    ),
    "lock_of_another": (
        "Ce verrou est celui de quelqu’un d’autre.",
        "This lock is somebody else’s.",
    ),
    "name_not_kept": (
        "Ce nom a des espaces au bord ou des signes invisibles : renommez le fichier.",
        "This name has spaces at its ends or invisible marks: rename the file.",
    ),
    "name_of_a_file_manager": (
        "Ce fichier ne sert qu’à votre ordinateur ; il n’est pas partagé.",
        "This file serves your computer only; it is not shared.",
    ),
    "password_reads_only": (
        "Ce mot de passe d’application permet seulement de lire.",
        "This application password only reads.",
    ),
    "password_not_for_files": (
        "Ce mot de passe d’application n’ouvre pas les fichiers.",
        "This application password does not open files.",
    ),
    "invalid_path": (
        "Cette adresse n’est pas valable.",
        "This address is not valid.",
    ),
    "invalid_xml": (
        "Cette demande ne se lit pas.",
        "This request cannot be read.",
    ),
    "invalid_condition": (
        "Cette condition ne se lit pas.",
        "This condition cannot be read.",
    ),
    "invalid_depth": (
        "Cette profondeur n’est pas prévue.",
        "This depth is not known.",
    ),
    "propfind_finite_depth": (
        "Demandez un dossier à la fois.",
        "Ask for one folder at a time.",
    ),
    "destination_elsewhere": (
        "La destination n’est pas sur ce serveur.",
        "The destination is not on this server.",
    ),
    "not_a_place": (
        "On ne peut rien mettre ni changer à cet endroit.",
        "Nothing can be put or changed in this place.",
    ),
    "too_many_to_copy": (
        "Ce dossier a trop d’éléments pour être copié d’un coup.",
        "This folder holds too much to be copied at once.",
    ),
    "restore_the_folder": (
        "Restaurez d’abord le dossier qui le contenait.",
        "Restore the folder that held it first.",
    ),
    "not_a_text": (
        "Seuls les textes se comparent ligne à ligne.",
        "Only texts compare line by line.",
    ),
    "moved_away": (
        "Cet élément a été déplacé dans un autre espace.",
        "This was moved to another workspace.",
    ),
    "conversation_folder": (
        "Ce dossier est celui d’une conversation : il se règle dans la conversation.",
        "This folder is a conversation’s: it is set in the conversation.",
    ),
    "conversation_folder_inside": (
        "Ce dossier contient les fichiers de conversations : il reste dans son espace.",
        "This folder holds the files of conversations: it stays where it is.",
    ),
    "file_not_found": (
        "Un fichier n’est plus là, ou vous ne le voyez plus.",
        "A file is not there any more, or you no longer see it.",
    ),
    "too_many_files": ("Un message porte au plus vingt fichiers.", "A message carries twenty files at most."),
    "restricted_inside": (
        "Ce dossier contient un dossier restreint que vous ne pouvez ni déplacer ni copier.",
        "This folder holds a restricted folder that you may neither move nor copy.",
    ),
    "user_missing": ("Indiquez la personne.", "Say who."),
    "wider_than_parent": (
        "Le dossier au-dessus est réservé : celui-ci ne peut pas être plus ouvert.",
        "The folder above is restricted: this one cannot be wider.",
    ),
    "last_manager_of_folder": (
        "Un dossier réservé garde un responsable. Nommez quelqu’un d’autre d’abord.",
        "A restricted folder keeps a manager. Name somebody else first.",
    ),
    "guests_manage_nothing": (
        "Un invité ne peut pas être responsable.",
        "A guest cannot be a manager.",
    ),
    "access_is_inherited": (
        "Ce dossier suit encore celui du dessus.",
        "This folder still follows the one above.",
    ),
    "request_closed": (
        "Cette demande est close : elle n’attend plus de réponse.",
        "This request is closed: it waits for no more answers.",
    ),
    "not_asked": (
        "Cette demande ne vous est pas adressée.",
        "This request is not addressed to you.",
    ),
    "not_your_turn": (
        "Ce n’est pas encore votre tour : d’autres personnes répondent avant vous.",
        "It is not your turn yet: other people answer before you.",
    ),
    "wrong_answer": (
        "Cette réponse ne correspond pas à ce qui est demandé.",
        "This answer does not fit what is asked.",
    ),
    "reason_missing": (
        "Dites pourquoi vous refusez.",
        "Say why you refuse.",
    ),
    "other_content": (
        "Votre réponse porte sur un autre contenu que celui de la demande. Rien n’a été enregistré. Rouvrez "
        "la version demandée.",
        "Your answer is about another content than the request. Nothing was kept. Open the version that is "
        "asked about again.",
    ),
    "not_opened_yet": (
        "Ouvrez d’abord la version sur laquelle porte la demande.",
        "First open the version that the request is about.",
    ),
    "due_is_past": (
        "Cette date est passée. Choisissez aujourd’hui ou un jour à venir.",
        "This date is past. Choose today or a day to come.",
    ),
    "people_without_access": (
        "Une des personnes n’a pas accès à ce document. La demande n’a pas été envoyée.",
        "One of the people has no access to this document. The request was not sent.",
    ),
    "people_unknown": (
        "Une des personnes n’a pas accès à ce document. La demande n’a pas été envoyée.",
        "One of the people has no access to this document. The request was not sent.",
    ),
    "reading_has_no_order": (
        "Une lecture se demande à tous en même temps.",
        "Reading is asked of everybody at the same time.",
    ),
    "too_many_requests_open": (
        "Vingt demandes sont déjà en cours sur ce document. Annulez-en une d’abord.",
        "Twenty requests about this document are open already. Cancel one first.",
    ),
    "no_such_version": (
        "Cette version n’existe pas, ou n’existe plus.",
        "This version does not exist, or no longer does.",
    ),
    "no_such_archive": (
        "Choisissez un dossier de cet espace, visible des mêmes personnes et qui n’est pas au-dessus.",
        "Choose a folder of this workspace that the same people see and that is not above.",
    ),
    "version_asked_about": (
        "Des personnes ont été sollicitées sur cette version : elle est gardée avec leurs réponses, aussi "
        "longtemps que le document.",
        "People were asked about this version: it is kept with their answers, as long as the document.",
    ),
    "version_is_current": (
        "C’est déjà la version actuelle.",
        "This is the current version already.",
    ),
    "no_antivirus": (
        "Aucun antivirus n’est branché ici.",
        "No antivirus is connected here.",
    ),
    "no_content": (
        "Ce document n’a pas encore de contenu.",
        "This document has no content yet.",
    ),
    "content_checking": (
        "L’antivirus vérifie ce fichier. Réessayez dans un instant.",
        "The antivirus is checking this file. Try again in a moment.",
    ),
    "share_not_found": (
        "Ce lien n’existe pas. Vérifiez que son adresse est complète.",
        "This link does not exist. Check that its address is complete.",
    ),
    "share_expired": (
        "Ce lien est arrivé à son terme. La personne qui vous l’a donné peut le prolonger.",
        "This link has reached its end. Whoever gave it to you can prolong it.",
    ),
    "share_exhausted": (
        "Ce lien a servi autant de fois que prévu. La personne qui vous l’a donné peut en prévoir davantage.",
        "This link has been used as many times as intended. Whoever gave it to you can allow more.",
    ),
    "share_stopped": (
        "Ce lien ne mène plus à rien : le partage a été arrêté.",
        "This link leads nowhere any more: the sharing was stopped.",
    ),
    "share_not_opened": (
        "Ouvrez d’abord le lien.",
        "Open the link first.",
    ),
    "share_password_needed": (
        "Ce lien demande un mot de passe.",
        "This link asks for a password.",
    ),
    "share_password_wrong": (
        "Ce n’est pas le bon mot de passe.",
        "This is not the right password.",
    ),
    "share_full": (
        "Ce fichier est trop volumineux pour la place qui reste ici.",
        "This file is too large for the space that is left here.",
    ),
    "sharing_is_off": (
        "Les liens de partage ne sont pas autorisés dans cet espace. Un responsable peut les autoriser.",
        "Share links are not allowed in this workspace. A manager can allow them.",
    ),
    "guests_share_nothing": (
        "Une personne invitée ne crée pas de lien de partage.",
        "A guest makes no share links.",
    ),
    "invalid_end": (
        "La fin doit être à venir, dans un an au plus tard.",
        "The end must lie ahead, within a year.",
    ),
    "depositor_missing": (
        "Indiquez votre nom.",
        "Please give your name.",
    ),
    "archive_too_large": (
        "Il y a trop d’éléments pour une seule archive.",
        "There are too many items for one archive.",
    ),
    "archive_empty": (
        "Il n’y a rien à télécharger ici.",
        "There is nothing to download here.",
    ),
    "only_pictures": (
        "Seule une image peut être téléchargée sans ses métadonnées.",
        "Only a picture can be downloaded without its metadata.",
    ),
    "picture_damaged": (
        "Cette image est abîmée : elle ne peut pas être réenregistrée sans ses métadonnées.",
        "This picture is damaged: it cannot be saved again without its metadata.",
    ),
    "picture_too_many_pixels": (
        "Cette image est trop grande pour être réenregistrée ici sans ses métadonnées.",
        "This picture is too large to be saved again here without its metadata.",
    ),
    "too_many_pictures": (
        "D’autres images sont en cours de préparation. Réessayez dans quelques secondes.",
        "Other pictures are being prepared. Try again in a few seconds.",
    ),
    "too_many_archives": (
        "Plusieurs téléchargements de dossiers sont déjà en cours. Attendez la fin de l’un d’eux.",
        "Several folder downloads are already running. Wait until one has ended.",
    ),
    "not_an_archive": (
        "Ce document n’est pas une archive zip lisible.",
        "This document is not a readable zip archive.",
    ),
    "archive_encrypted": (
        "Cette archive est protégée par un mot de passe : elle ne peut pas être décompressée ici.",
        "This archive is protected by a password: it cannot be unpacked here.",
    ),
    "archive_unsafe": (
        "Cette archive contient des chemins ou des liens dangereux : rien n’a été décompressé.",
        "This archive contains dangerous paths or links: nothing was unpacked.",
    ),
    "archive_too_many": (
        "Cette archive contient trop de fichiers pour être décompressée ici.",
        "This archive holds too many files to be unpacked here.",
    ),
    "archive_too_deep": (
        "Les dossiers de cette archive sont trop imbriqués.",
        "The folders of this archive are nested too deeply.",
    ),
    "archive_bomb": (
        "Cette archive grossirait démesurément : rien n’a été décompressé.",
        "This archive would grow out of proportion: nothing was unpacked.",
    ),
    "archive_damaged": (
        "Cette archive est endommagée ou incomplète. Ce qui a été lu avant reste dans le dossier.",
        "This archive is damaged or incomplete. What was read before stays in the folder.",
    ),
    "unpacking_running": (
        "Une décompression est déjà en cours pour vous.",
        "You already have an unpacking under way.",
    ),
    "content_infected": (
        "L’antivirus a trouvé un programme malveillant dans ce fichier : il ne peut pas être ouvert.",
        "The antivirus found malware in this file: it cannot be opened.",
    ),
    "too_many_marks": (
        "Vous avez déjà mille marques de cette sorte : ôtez-en d’abord.",
        "You have a thousand marks of this kind already: take some off first.",
    ),
    "too_many_restricted_folders": (
        "Ce dossier contient trop de dossiers réservés pour être supprimé d’un coup.",
        "This folder holds too many restricted folders to be deleted at once.",
    ),
    "workspace_not_found": (
        "Vous n’êtes pas, ou plus, de cet espace.",
        "You are not, or no longer, in this workspace.",
    ),
    "person_not_found": (
        "Cette personne n’a pas été trouvée.",
        "This person was not found.",
    ),
    "no_working_time": (
        "La journée de travail doit avoir un début et une fin différents.",
        "The working day must begin and end at different hours.",
    ),
    "quiet_hours_unfinished": (
        "Les heures calmes demandent un début et une fin.",
        "Quiet hours need a beginning and an end.",
    ),
    "absence_unfinished": (
        "Une absence demande un premier et un dernier jour.",
        "An absence needs a first and a last day.",
    ),
    "exports_not_allowed": (
        "Les gestionnaires de l’espace n’y permettent pas d’exporter une conversation.",
        "The managers of this workspace do not allow conversations to be exported.",
    ),
    "export_running": (
        "Un export de cette conversation est déjà en cours.",
        "An export of this conversation is already under way.",
    ),
    "webhooks_not_allowed": (
        "Les gestionnaires de l’espace n’y permettent ni robot ni lien vers un autre service.",
        "The managers of this workspace allow neither robots nor links to other services.",
    ),
    "webhook_host_not_allowed": (
        "Cette installation n’autorise pas l’envoi vers cet hôte. Son administration peut l’ajouter.",
        "This installation does not allow sending to this host. Its administrators can add it.",
    ),
    "webhook_address": (
        "Ce n’est pas une adresse complète, comme https://exemple.gouv.fr/plano.",
        "This is not a full address, such as https://example.gouv.fr/plano.",
    ),
    "too_many_hooks": (
        "Ce canal a déjà le plus grand nombre de robots ou de services reliés.",
        "This channel already has as many robots or linked services as it may.",
    ),
    "text_missing": (
        "Un message sans texte ne s’envoie pas.",
        "A message without text cannot be sent.",
    ),
    "invalid_json": (
        "Ce n’est pas un objet JSON.",
        "This is not a JSON object.",
    ),
    "token_scope": (
        "Ce jeton d’accès ne permet pas cela.",
        "This access token does not allow this.",
    ),
    "too_many_tokens": (
        "Vous avez déjà vingt jetons d’accès. Révoquez-en un.",
        "You already have twenty access tokens. Revoke one.",
    ),
    "urgent_not_for_all": (
        "Un message urgent s’adresse à des personnes, jamais à tout le monde.",
        "An urgent message is for people, never for everybody.",
    ),
    "urgent_off": (
        "Cet espace ne permet pas de déranger hors des heures de travail.",
        "This workspace does not let anybody be disturbed out of hours.",
    ),
    "urgent_needs_people": (
        "Mentionnez les personnes que cela concerne, quinze au plus.",
        "Mention the people concerned, fifteen at most.",
    ),
    "urgent_used_up": (
        "Vous avez déjà envoyé trois messages urgents aujourd’hui.",
        "You have already sent three urgent messages today.",
    ),
}


def title_of(code: str) -> str:
    """The title of a code; a general sentence for those that only the client words."""
    french, english = TITLES.get(code, TITLES["invalid"])
    return english if (get_language() or "fr").startswith("en") else french
