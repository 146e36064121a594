{{/* Names and labels. */}}

{{- define "rx-alerting.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The release's name, with the chart's unless it is in it. 52: a StatefulSet's pods have a hash of ten characters in a label. */}}
{{- define "rx-alerting.fullname" -}}
{{- $name := include "rx-alerting.name" . -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- .Values.fullnameOverride | default $full | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "rx-alerting.serviceAccountName" -}}
{{- $own := ternary (include "rx-alerting.fullname" .) "default" .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default $own -}}
{{- end -}}

{{/* What a pod of the service is found by. It never changes, and the pod of `helm test` does not have it. */}}
{{- define "rx-alerting.selector" -}}
app.kubernetes.io/name: {{ include "rx-alerting.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: service
{{- end -}}

{{/* Labels of everything. */}}
{{- define "rx-alerting.labels" -}}
{{- $own := dict
  "app.kubernetes.io/name" (include "rx-alerting.name" .)
  "app.kubernetes.io/instance" .Release.Name
  "app.kubernetes.io/version" (.Values.image.tag | default .Chart.AppVersion | replace "+" "_" | trunc 63)
  "app.kubernetes.io/managed-by" .Release.Service
  "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_")
-}}
{{- merge $own .Values.commonLabels | toYaml -}}
{{- end -}}

{{/* metadata: of an object. Takes root, and name, namespace, labels, annotations where they are special. */}}
{{- define "rx-alerting.metadata" -}}
{{- $root := .root -}}
name: {{ .name | default (include "rx-alerting.fullname" $root) }}
namespace: {{ .namespace | default $root.Release.Namespace }}
labels:
  {{- merge (dict) (.labels | default dict) (include "rx-alerting.labels" $root | fromYaml) | toYaml | nindent 2 }}
{{- with .annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "rx-alerting.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* Seconds, rounded up, of a span as options have it: 250ms, 30s, 2m, 1.5h, 7d or 00:02:00. Empty if it is none. */}}
{{- define "rx-alerting.seconds" -}}
{{- $text := . | trim -}}
{{- if regexMatch "^[0-9.]+(ms|s|m|h|d)$" $text -}}
{{- $unit := regexFind "[a-z]+$" $text -}}
{{- $factor := get (dict "ms" 0.001 "s" 1.0 "m" 60.0 "h" 3600.0 "d" 86400.0) $unit -}}
{{- mulf (trimSuffix $unit $text | float64) $factor | ceil | int -}}
{{- else if regexMatch "^[0-9]+:[0-9]+:[0-9]+$" $text -}}
{{- $parts := splitList ":" $text -}}
{{- add (mul 3600 (index $parts 0 | atoi)) (mul 60 (index $parts 1 | atoi)) (index $parts 2 | atoi) -}}
{{- end -}}
{{- end -}}
