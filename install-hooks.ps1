<#
.SYNOPSIS
Builds git-writeopt from this clone and installs it.

.DESCRIPTION
The program, its server (git-writeopt-mcp) and their native library go to <Prefix>/bin (default: $env:PREFIX, else ~/.local), the completion script below
<Prefix>/share, the hooks into the repositories that are named. Running it again changes nothing.

.EXAMPLE
./install-hooks.ps1 -Prefix C:\tools C:\work\project
#>
[CmdletBinding()]
param(
    [string] $Prefix,
    [Parameter(ValueFromRemainingArguments)] [string[]] $Repository = @()
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

if (-not $Prefix) { $Prefix = if ($env:PREFIX) { $env:PREFIX } else { Join-Path $HOME '.local' } }
$Prefix = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Prefix)
$onWindows = [System.Environment]::OSVersion.Platform -eq 'Win32NT'
$suffix = if ($onWindows) { '.exe' } else { '' }

foreach ($tool in 'git', 'dotnet') {
    if (-not (Get-Command $tool -ErrorAction SilentlyContinue)) { throw "$tool is not installed" }
}
foreach ($path in $Repository) {
    git -C $path rev-parse --git-dir *> $null
    if ($LASTEXITCODE -ne 0) { throw "`"$path`" is not a git repository" }
}

# Native AOT links with the machine's C toolchain: Visual C++ on Windows, clang or gcc elsewhere.
function Test-Toolchain {
    if (-not $onWindows) {
        return [bool](Get-Command clang, gcc -ErrorAction SilentlyContinue | Select-Object -First 1)
    }
    $vswhere = Join-Path ${env:ProgramFiles(x86)} 'Microsoft Visual Studio\Installer\vswhere.exe'
    if (-not (Test-Path $vswhere)) { return $false }
    return [bool](& $vswhere -latest -products '*' -requires 'Microsoft.VisualStudio.Component.VC.Tools.x86.x64' `
            -property installationPath)
}

# By rename: the old program may be running (Windows lets a running file be renamed, not overwritten).
function Copy-Placed([string] $From, [string] $To) {
    if ((Test-Path -LiteralPath $To) -and
        (Get-FileHash -LiteralPath $From).Hash -eq (Get-FileHash -LiteralPath $To).Hash) { return }
    New-Item -ItemType Directory -Force (Split-Path $To) | Out-Null
    Remove-Item -LiteralPath "$To.old" -Force -ErrorAction SilentlyContinue
    Copy-Item -LiteralPath $From "$To.new" -Force
    if (Test-Path -LiteralPath $To) { Move-Item -LiteralPath $To "$To.old" -Force }
    Move-Item -LiteralPath "$To.new" $To
    Remove-Item -LiteralPath "$To.old" -Force -ErrorAction SilentlyContinue
}

$project = Join-Path $PSScriptRoot 'src/GitWriteOpt.Cli'
$server = Join-Path $PSScriptRoot 'src/GitWriteOpt.Mcp'
$out = Join-Path ([System.IO.Path]::GetTempPath()) ([System.IO.Path]::GetRandomFileName())
New-Item -ItemType Directory $out | Out-Null
try {
    $options = @('-c', 'Release', '--nologo', '-v', 'quiet', '-p:RunAnalyzers=false')
    $besides = Join-Path $out 'server'
    if (Test-Toolchain) {
        Write-Output 'Building git-writeopt and git-writeopt-mcp (Native AOT, two minutes or so) ...'
        $compiler = if ($onWindows) { @() }
        elseif (Get-Command clang -ErrorAction SilentlyContinue) { @('-p:CppCompilerAndLinker=clang') }
        else { @('-p:CppCompilerAndLinker=gcc') }
        dotnet publish $server -o $besides @options @compiler
        if ($LASTEXITCODE -ne 0) { throw 'the build of the server failed' }
        dotnet publish (Join-Path $PSScriptRoot 'src/GitWriteOpt.Syntax') -o $out @options @compiler
        if ($LASTEXITCODE -ne 0) { throw 'the build of the parsers failed' }
        dotnet publish $project -o $out @options @compiler
        Move-Item (Join-Path $besides "git-writeopt-mcp$suffix") $out
        Remove-Item -LiteralPath $besides -Recurse -Force
    }
    else {
        Write-Output 'There is no C toolchain here: building git-writeopt without Native AOT. It does the same, needs the'
        Write-Output '.NET runtime and starts slower. Install one and run this again for the fast one.'
        foreach ($each in $server, (Join-Path $PSScriptRoot 'src/GitWriteOpt.Syntax'), $project) {
            dotnet publish $each -o $out @options '-p:PublishAot=false' '--self-contained' 'false'
            if ($LASTEXITCODE -ne 0) { throw "the build of $each failed" }
        }
    }
    if ($LASTEXITCODE -ne 0) { throw 'the build failed' }

    $bin = Join-Path $Prefix 'bin'
    Get-ChildItem $out -File -Recurse | Where-Object Extension -NotIn '.xml', '.pdb', '.dbg' | ForEach-Object {
        Copy-Placed $_.FullName (Join-Path $bin ([System.IO.Path]::GetRelativePath($out, $_.FullName)))
    }
    $program = Join-Path $bin "git-writeopt$suffix"
    $completion = Join-Path $out 'completion.ps1'
    & $program completion pwsh | Set-Content -LiteralPath $completion -Encoding utf8
    Copy-Placed $completion (Join-Path $Prefix 'share/git-writeopt/completion.ps1')
    Copy-Placed (Join-Path $project 'man/git-writeopt.1') (Join-Path $Prefix 'share/man/man1/git-writeopt.1')
    Write-Output "Installed $(& $program --version) in $bin"
    Write-Output "Completion: add this line to `$PROFILE: . '$(Join-Path $Prefix 'share/git-writeopt/completion.ps1')'"
}
finally {
    Remove-Item -LiteralPath $out -Recurse -Force
}

if ($Repository.Count -eq 0) {
    Write-Output 'Hooks were installed nowhere; to have them in a repository: git -C <repository> writeopt install --hooks'
}
foreach ($path in $Repository) {
    Write-Output "Hooks of ${path}:"
    & $program -C $path install --hooks
    if ($LASTEXITCODE -ne 0) { throw "the hooks of $path were not installed" }
}

$separator = [System.IO.Path]::PathSeparator
$isOnPath = ($env:PATH -split $separator) -contains $bin
if (-not $isOnPath) { $env:PATH = "$bin$separator$env:PATH" }
Write-Output '', '> git writeopt demo'
git writeopt demo
if ($LASTEXITCODE -ne 0) { throw 'the demonstration failed' }
if (-not $isOnPath) {
    Write-Output '', "$bin is not on PATH, so git does not find it yet. Add it, for example in your profile:"
    Write-Output "    `$env:PATH = '$bin$separator' + `$env:PATH"
}
