{{/* What `settings` and `secrets` say, and what follows from it. Names of options are compared without regard to case. */}}

{{/* A value as options write it: numbers without an exponent where they are whole, lists with commas. */}}
{{- define "rx-alerting.text" -}}
{{- if kindIs "slice" . -}}
{{- $texts := list -}}
{{- range . }}{{ $texts = append $texts (include "rx-alerting.text" .) }}{{ end -}}
{{- join "," $texts -}}
{{- else if kindIs "float64" . -}}
{{- if eq . (floor .) }}{{ int64 . }}{{ else }}{{ . }}{{ end -}}
{{- else -}}
{{- . | toString -}}
{{- end -}}
{{- end -}}

{{/* Puts every option of nested values into a dictionary: { "Kafka:Topic": "views" }. Takes values, prefix, into, twice. */}}
{{- define "rx-alerting.flatten" -}}
{{- range $key, $value := .values -}}
{{- $path := printf "%s%s" $.prefix $key -}}
{{- if kindIs "map" $value -}}
{{- include "rx-alerting.flatten" (dict "values" $value "prefix" (printf "%s:" $path) "into" $.into "twice" $.twice) -}}
{{- else if not (kindIs "invalid" $value) -}}
{{- range keys $.into -}}
{{- if eq (lower .) (lower $path) }}{{ $_ := set $.twice $path true }}{{ end -}}
{{- end -}}
{{- $_ := set $.into $path (include "rx-alerting.text" $value) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The options that `settings` gives, as JSON. */}}
{{- define "rx-alerting.settings" -}}
{{- $into := dict -}}
{{- include "rx-alerting.flatten" (dict "values" .Values.settings "prefix" "" "into" $into "twice" dict) -}}
{{- toJson $into -}}
{{- end -}}

{{/* The value of one option, by root, key and default. */}}
{{- define "rx-alerting.setting" -}}
{{- $found := .default | default "" -}}
{{- range $key, $value := include "rx-alerting.settings" .root | fromJson -}}
{{- if eq (lower $key) (lower $.key) }}{{ $found = $value }}{{ end -}}
{{- end -}}
{{- $found -}}
{{- end -}}

{{/* What an option sets, by root and key: Redis:ConfigurationFile sets redis:configuration. */}}
{{- define "rx-alerting.meant" -}}
{{- $key := lower .key -}}
{{- $whole := trimSuffix "file" $key -}}
{{- ternary $whole $key (eq "yes" (include "rx-alerting.hasFileForm" (dict "root" .root "key" $whole))) -}}
{{- end -}}

{{/* Whether an option is given by a Secret, itself or its file: root and key. Empty if not. */}}
{{- define "rx-alerting.isSecret" -}}
{{- include "rx-alerting.isOneOf" (dict "root" .root "key" .key "keys" (keys .root.Values.secrets)) -}}
{{- end -}}

{{/* Whether an option is given in any way that the chart can see, itself or its file: root and key. Empty if not. */}}
{{- define "rx-alerting.isGiven" -}}
{{- $keys := concat (include "rx-alerting.settings" .root | fromJson | keys) (keys .root.Values.secrets) -}}
{{- range .root.Values.extraEnv -}}
{{- $keys = append $keys (include "rx-alerting.keyOf" .name) -}}
{{- end -}}
{{- include "rx-alerting.isOneOf" (dict "root" .root "key" .key "keys" $keys) -}}
{{- end -}}

{{- define "rx-alerting.isOneOf" -}}
{{- $meant := include "rx-alerting.meant" . -}}
{{- range .keys -}}
{{- if eq (include "rx-alerting.meant" (dict "root" $.root "key" .)) $meant }}{{ "yes" }}{{ break }}{{ end -}}
{{- end -}}
{{- end -}}

{{- define "rx-alerting.source" -}}
{{- include "rx-alerting.setting" (dict "root" . "key" "Source:Kind" "default" "simulation") | lower -}}
{{- end -}}

{{- define "rx-alerting.store" -}}
{{- include "rx-alerting.setting" (dict "root" . "key" "Store:Kind" "default" "sqlite") | lower -}}
{{- end -}}

{{/* any: one process reads all partitions. by-property: the processes of the group share them. */}}
{{- define "rx-alerting.partitioning" -}}
{{- include "rx-alerting.setting" (dict "root" . "key" "Kafka:Partitioning" "default" "any") | lower -}}
{{- end -}}

{{/* An option as the catalogue lists it: Channels:ops:Token is Channels:NAME:Token. A place in a list does not count. */}}
{{- define "rx-alerting.template" -}}
{{- $key := regexReplaceAll ":[0-9]+$" . "" -}}
{{- regexReplaceAll "(?i)^(channels|routes|access:tokens):[^:]+:" $key "${1}:NAME:" | lower -}}
{{- end -}}

{{/* Whether the option has a …File form, by root and key. Empty if not. */}}
{{- define "rx-alerting.hasFileForm" -}}
{{- $known := .root.Files.Get "files/options.txt" | lower | splitList "\n" -}}
{{- if has (printf "%sfile" (include "rx-alerting.template" .key)) $known }}yes{{ end -}}
{{- end -}}

{{/* The option that an environment variable sets. */}}
{{- define "rx-alerting.keyOf" -}}
{{- regexReplaceAll "(?i)^RX_ALERTING__" . "" | replace "__" ":" -}}
{{- end -}}

{{- define "rx-alerting.variable" -}}
RX_ALERTING__{{ replace ":" "__" . }}
{{- end -}}

{{/* Seconds from SIGTERM to SIGKILL: the last commit, and time to release the partitions. */}}
{{- define "rx-alerting.gracePeriod" -}}
{{- $stop := include "rx-alerting.setting" (dict "root" . "key" "Checkpoints:StopTimeout" "default" "5s") -}}
{{- .Values.terminationGracePeriodSeconds | default (add 25 (include "rx-alerting.seconds" $stop | int)) -}}
{{- end -}}

{{/*
Options that the chart sets itself, as JSON:
- SQLite's file is in the volume.
- Callers without a token may do nothing. Access:Anonymous says otherwise; then they may ask for the host of the Ingress.
- The queue of RabbitMQ has a name that stays, or goes soon: pods of a Deployment get new names. Without a broker this has no effect,
  so it does not matter where the broker's address comes from.
*/}}
{{- define "rx-alerting.ownSettings" -}}
{{- $own := dict "Metrics:Listen" (printf "%s:%d" .Values.listenHost (int .Values.metrics.port)) -}}
{{- $optional := dict "Access:Anonymous" "none" -}}
{{- if and .Values.ingress.enabled .Values.ingress.host -}}
{{- $_ := set $optional "Access:Hosts" .Values.ingress.host -}}
{{- end -}}
{{- if eq (include "rx-alerting.store" .) "sqlite" -}}
{{- $_ := set $optional "Sqlite:Path" "/data/rx-alerting.db" -}}
{{- else if eq (include "rx-alerting.partitioning" .) "any" -}}
{{- $exchange := include "rx-alerting.setting" (dict "root" . "key" "RabbitMq:Exchange" "default" "rx-alerting.control") -}}
{{- $_ := set $optional "RabbitMq:Queue" (printf "%s.%s" $exchange (include "rx-alerting.fullname" .)) -}}
{{- else -}}
{{- $_ := set $optional "RabbitMq:QueueExpiry" "1h" -}}
{{- end -}}
{{- if .Values.tls.secretName -}}
{{- $_ := set $own "Kestrel:Certificates:Default:Path" "/etc/rx-alerting/tls/tls.crt" -}}
{{- $_ := set $own "Kestrel:Certificates:Default:KeyPath" "/etc/rx-alerting/tls/tls.key" -}}
{{- end -}}
{{- range $key, $value := $optional -}}
{{- if not (include "rx-alerting.isGiven" (dict "root" $ "key" $key)) }}{{ $_ := set $own $key $value }}{{ end -}}
{{- end -}}
{{- toJson $own -}}
{{- end -}}
