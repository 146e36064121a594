{{/* Values that contradict one another, or give a secret away. All faults are told at once, each on a line. */}}

{{- define "rx-alerting.check" -}}
{{- $faults := list -}}
{{- range list "settings" "secrets" "workload" "autoscaling" "exposure" "monitoring" -}}
{{- range include (printf "rx-alerting.faults.%s" .) $ | splitList "\n" -}}
{{- with trim . }}{{ $faults = append $faults (printf "- %s" .) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- if $faults }}{{ printf "these values cannot be used:\n%s\n" (join "\n" $faults) | fail }}{{ end -}}
{{- end -}}

{{/* Options that do not exist, are given twice, or are the chart's business. */}}
{{- define "rx-alerting.faults.settings" -}}
{{- $known := .Files.Get "files/options.txt" | lower | splitList "\n" -}}
{{- $twice := dict -}}
{{- include "rx-alerting.flatten" (dict "values" .Values.settings "prefix" "" "into" dict "twice" $twice) -}}
{{- range keys $twice | sortAlpha }}
settings: {{ . }} is given twice
{{- end }}
{{- $given := include "rx-alerting.settings" . | fromJson }}
{{- range concat (keys $given) (keys .Values.secrets) | uniq | sortAlpha }}
{{- $template := include "rx-alerting.template" . }}
{{- if and (hasKey $given .) (include "rx-alerting.isSecret" (dict "root" $ "key" .)) }}
settings: {{ . }} is also in secrets, give one of them
{{- end }}
{{- $meant := include "rx-alerting.meant" (dict "root" $ "key" .) }}
{{- if and (ne $meant (lower .)) (has $meant (keys $given | join "\n" | lower | splitList "\n")) }}
settings: {{ . }} and the option without File are both given, give one of them
{{- end }}
{{- if eq $template "metrics:listen" }}
settings: {{ . }} is set by listenHost and metrics.port
{{- else if hasPrefix "kestrel:endpoints:" $template }}
settings: {{ . }} cannot be set: the chart says where to listen, by listenHost and tls.secretName
{{- else if and (has $template (list "source:kind" "store:kind" "kafka:partitioning")) (not (hasKey $given .)) }}
secrets: {{ . }} cannot be a secret, as the chart has to know it: put it into settings
{{- else if not (regexMatch "^[-._:a-zA-Z0-9]+$" .) }}
settings: {{ . }} cannot be a variable: it may have letters, digits and . _ - only
{{- else if not (or (has $template $known) (regexMatch "^(logging|kestrel|allowedhosts)(:|$)" $template)) }}
settings: there is no option {{ . }}, docs/options.md lists them all (extraEnv takes those of another release)
{{- end }}
{{- end }}
{{- range concat (keys $given) (keys .Values.secrets) | uniq | sortAlpha }}
{{- $parts := lower . | splitList ":" }}
{{- if and (eq (first $parts) "channels") (gt (len $parts) 2) }}
{{- $name := index $parts 1 }}
{{- if or (has $name (list "board" "console")) (not (regexMatch "^[a-z0-9-]{1,64}$" $name)) }}
settings: {{ . }} has no name for a channel: letters, digits and dashes, at most 64, and neither board nor console
{{- end }}
{{- end }}
{{- end }}
{{- range .Values.extraEnv }}
{{- if hasPrefix "RX_ALERTING__" (upper .name) }}
{{- /* A variable of the container wins over settings, and no check sees its value. */}}
{{- $key := include "rx-alerting.keyOf" .name }}
{{- $template := include "rx-alerting.template" $key }}
{{- if eq $template "metrics:listen" }}
extraEnv: {{ .name }} is set by listenHost and metrics.port
{{- else if hasPrefix "kestrel:endpoints:" $template }}
extraEnv: {{ .name }} cannot be given: the chart says where to listen, by listenHost and tls.secretName
{{- else if has $template (list "source:kind" "store:kind" "kafka:partitioning") }}
extraEnv: {{ .name }} cannot be given, as the chart has to know it: put it into settings
{{- else if include "rx-alerting.isOneOf" (dict "root" $ "key" $key "keys" (concat (keys $given) (keys $.Values.secrets))) }}
extraEnv: {{ .name }} is also in settings or secrets, give one of them
{{- end }}
{{- end }}
{{- end }}
{{- range .Values.extraArgs }}
{{- /* They win over settings, and no check sees them. Only the name is told: the rest may be a secret. */}}
{{- with regexFind "^(@|--(set|config|source|follow|store|metrics|listen|urls)([=:]|$))" . }}
extraArgs: {{ trimSuffix "=" . | trimSuffix ":" }} cannot be given: put the option into settings or secrets, where it is checked
{{- end }}
{{- end }}
{{- range $key, $kinds := dict
  "Source:Kind" "simulation, follow, kafka, kinesis"
  "Store:Kind" "sqlite, redis"
  "Kafka:Partitioning" "any, by-property" }}
{{- $kind := include "rx-alerting.setting" (dict "root" $ "key" $key) | lower }}
{{- if and $kind (not (has $kind (splitList ", " $kinds))) }}
settings: {{ $key }} is {{ $kind | quote }}, must be one of {{ $kinds }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Secrets in plain values. An address is one where it has a password, or is all that a sender needs. */}}
{{- define "rx-alerting.faults.secrets" -}}
{{- $plain := dict -}}
{{- range $key, $value := include "rx-alerting.settings" . | fromJson -}}
{{- $_ := set $plain (printf "settings: %s" $key) (list $key $value) -}}
{{- end -}}
{{- range .Values.extraEnv -}}
{{- if and .value (hasPrefix "RX_ALERTING__" (upper .name)) -}}
{{- $_ := set $plain (printf "extraEnv: %s" .name) (list (include "rx-alerting.keyOf" .name) .value) -}}
{{- end -}}
{{- end -}}
{{- range $place, $pair := $plain }}
{{- $key := index $pair 0 }}
{{- $value := index $pair 1 }}
{{- $template := include "rx-alerting.template" $key }}
{{- $secret := or (include "rx-alerting.hasFileForm" (dict "root" $ "key" $key)) (regexMatch "^kestrel:.*password$" $template) }}
{{- if has $template (list "rabbitmq:uri" "channels:name:urls") }}
{{- $secret = contains "@" $value }}
{{- else if eq $template "channels:name:url" }}
{{- $kind := include "rx-alerting.setting" (dict "root" $ "key" (regexReplaceAll "(?i):url$" $key ":Kind")) | lower }}
{{- $secret = ne $kind "pagerduty" }}
{{- else if eq $template "redis:configuration" }}
{{- $secret = regexMatch "(?i)password=" $value }}
{{- else if eq $template "kafka:settings" }}
{{- $secret = regexMatch "(?i)(password|secret|\\.key(\\.pem)?|sasl\\.oauthbearer\\.config)=" $value }}
{{- end }}
{{- if $secret }}
{{ $place }} holds a secret: put it into a Secret, and refer to it in secrets: {{ $key }}: {{ "{" }} name: …, key: … }
{{- end }}
{{- end }}
{{- end -}}

{{/* Source, store, pods and time to stop. */}}
{{- define "rx-alerting.faults.workload" -}}
{{- $source := include "rx-alerting.source" . }}
{{- $store := include "rx-alerting.store" . }}
{{- $shared := eq (include "rx-alerting.partitioning" .) "by-property" }}
{{- if and $shared (ne $source "kafka") }}
settings: Kafka:Partitioning=by-property needs Source:Kind=kafka, and the source is {{ $source }}
{{- end }}
{{- if and (gt (int .Values.replicaCount) 1) (not $shared) }}
replicaCount: {{ .Values.replicaCount }} pods need Kafka:Partitioning=by-property; without, one process reads all partitions
{{- end }}
{{- if and (eq $store "sqlite") (or .Values.autoscaling.enabled (gt (int .Values.replicaCount) 1)) }}
replicaCount: more than one pod needs Store:Kind=redis; SQLite's file belongs to one pod
{{- end }}
{{- if and (eq .Values.strategy "RollingUpdate") (not $shared) }}
strategy: RollingUpdate needs Kafka:Partitioning=by-property; without, two pods would take the partitions from each other
{{- end }}
{{- if and .Values.strategy (eq $store "sqlite") }}
strategy: has no effect with SQLite, whose pod is always replaced after it has gone
{{- end }}
{{- range $key, $needed := dict
  "Kafka:BootstrapServers" (eq $source "kafka")
  "Follow:Paths" (eq $source "follow")
  "Redis:Configuration" (eq $store "redis") }}
{{- if and $needed (not (include "rx-alerting.isGiven" (dict "root" $ "key" $key))) }}
settings: {{ $key }} is missing
{{- end }}
{{- end }}
{{- $path := include "rx-alerting.setting" (dict "root" . "key" "Sqlite:Path" "default" "/data/rx-alerting.db") }}
{{- if or (not (hasPrefix "/data/" $path)) (contains "/../" $path) }}
settings: Sqlite:Path is {{ $path }}, must be in /data, where the volume is
{{- else if hasSuffix "/" $path }}
settings: Sqlite:Path is {{ $path }}, must be a file
{{- end }}
{{- $lag := include "rx-alerting.setting" (dict "root" . "key" "Health:MaximumLag") }}
{{- if and (eq $source "simulation") (gt (include "rx-alerting.seconds" $lag | int) 0) }}
settings: Health:MaximumLag needs another Source:Kind: event time of simulated traffic is long ago, so no pod would be ready
{{- end }}
{{- if and .Values.persistence.existingClaim (ne $store "sqlite") }}
persistence: existingClaim has no effect with Store:Kind={{ $store }}
{{- end }}
{{- if and .Values.persistence.existingClaim (not .Values.persistence.enabled) }}
persistence: existingClaim needs enabled
{{- end }}
{{- $stop := include "rx-alerting.setting" (dict "root" . "key" "Checkpoints:StopTimeout" "default" "5s") }}
{{- if not (include "rx-alerting.seconds" $stop) }}
settings: Checkpoints:StopTimeout is {{ $stop }}, must be a span of time such as 20s or 00:00:20, without a space
{{- end }}
{{- $least := add 5 (include "rx-alerting.seconds" $stop | int) }}
{{- if lt (include "rx-alerting.gracePeriod" . | int) (int $least) }}
terminationGracePeriodSeconds: must be at least {{ $least }}, 5 more than Checkpoints:StopTimeout={{ $stop }}, for the last commit
{{- end }}
{{- with .Values.podDisruptionBudget }}
{{- if not (or (kindIs "invalid" .maxUnavailable) (kindIs "invalid" .minAvailable)) }}
podDisruptionBudget: give maxUnavailable or minAvailable, not both
{{- end }}
{{- if and (not (kindIs "invalid" .minAvailable)) (not $shared) }}
podDisruptionBudget: minAvailable would block every drain of a node, as there is one pod only
{{- end }}
{{- end }}
{{- end -}}

{{- define "rx-alerting.faults.autoscaling" -}}
{{- with .Values.autoscaling }}
{{- if .enabled }}
{{- if ne (include "rx-alerting.partitioning" $) "by-property" }}
autoscaling: needs Kafka:Partitioning=by-property; without, one process reads all partitions
{{- end }}
{{- if not .partitions }}
autoscaling: partitions is missing: how many the topic has
{{- else }}
{{- $most := .maxReplicas | default .partitions }}
{{- if gt (int $most) (int .partitions) }}
autoscaling: maxReplicas is {{ $most }}, must be at most {{ .partitions }}, the partitions of the topic
{{- end }}
{{- if gt (int .minReplicas) (int $most) }}
autoscaling: minReplicas is {{ .minReplicas }}, must be at most {{ $most }}
{{- end }}
{{- end }}
{{- $given := include "rx-alerting.isGiven" (dict "root" $ "key" "Kafka:Settings") }}
{{- $settings := include "rx-alerting.setting" (dict "root" $ "key" "Kafka:Settings") }}
{{- if and (or (and $given (not $settings)) (regexMatch "(?i)(sasl|ssl)" $settings)) (not .authenticationRef) }}
autoscaling: authenticationRef is missing: KEDA does not read Kafka:Settings, and needs a TriggerAuthentication for the brokers
{{- end }}
{{- $brokers := include "rx-alerting.setting" (dict "root" $ "key" "Kafka:BootstrapServers") }}
{{- if not (or $brokers .triggerMetadata.bootstrapServers .triggerMetadata.bootstrapServersFromEnv) }}
autoscaling: KEDA needs the brokers openly: give Kafka:BootstrapServers in settings, or bootstrapServers in triggerMetadata
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Who can reach the API. */}}
{{- define "rx-alerting.faults.exposure" -}}
{{- if and (eq .Values.service.type "LoadBalancer") (not .Values.service.loadBalancerSourceRanges) }}
service: a LoadBalancer needs loadBalancerSourceRanges: tokens are the second guard, not the only one
{{- end }}
{{- if and (ne .Values.service.type "LoadBalancer") .Values.service.loadBalancerSourceRanges }}
service: loadBalancerSourceRanges has no effect with type {{ .Values.service.type }}
{{- end }}
{{- if or (hasPrefix "127." .Values.listenHost) (regexMatch "^\\[(0{0,4}:)*0{0,3}1\\]$" .Values.listenHost) }}
listenHost: {{ .Values.listenHost }} is loopback: neither probes nor Services nor Prometheus would reach the pod
{{- end }}
{{- if eq (int .Values.metrics.port) 8080 }}
metrics: port 8080 is the API's
{{- end }}
{{- with .Values.ingress }}
{{- if .enabled }}
{{- if not .authentication }}
ingress: authentication is missing: say what asks for accounts before the API, or "none" where its tokens are enough
{{- end }}
{{- if not .host }}
ingress: host is missing
{{- end }}
{{- range .paths }}
{{- if or (regexMatch "^/(api(/v1)?/?)?$" .) (regexMatch "^/(api/v1/control|health|metrics)(/|$)" .) }}
ingress: path {{ . }} would pass on commands, health or metrics; give narrower paths, such as /api/v1/incidents
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "rx-alerting.faults.monitoring" -}}
{{- $interval := include "rx-alerting.seconds" .Values.serviceMonitor.interval | int }}
{{- if gt (include "rx-alerting.seconds" .Values.serviceMonitor.scrapeTimeout | int) $interval }}
serviceMonitor: scrapeTimeout must not be longer than interval
{{- end }}
{{- if gt $interval 120 }}
serviceMonitor: interval must be at most 2m: alerts look at five minutes, and see nothing where these have one value
{{- end }}
{{- $watched := or .Values.serviceMonitor.enabled .Values.prometheusRule.enabled }}
{{- if and $watched .Values.networkPolicy.enabled (not .Values.networkPolicy.metricsFrom) }}
networkPolicy: metricsFrom is missing: say where Prometheus is; with [{podSelector: {}}], anywhere in the namespace of the release
{{- end }}
{{- $known := list }}
{{- range (include "rx-alerting.ruleGroups" . | fromYaml).groups }}{{ range .rules }}{{ $known = append $known .alert }}{{ end }}{{ end }}
{{- range concat .Values.prometheusRule.disabled (keys .Values.prometheusRule.overrides) | uniq | sortAlpha }}
{{- if not (has . $known) }}
prometheusRule: there is no alert {{ . }}
{{- end }}
{{- end }}
{{- end -}}
