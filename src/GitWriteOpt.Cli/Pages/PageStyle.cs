namespace GitWriteOpt.Cli.Pages;

/// <summary>How our pages look: light and dark as the reader's system says, readable from a phone's width on.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet.</summary>
    internal const string Css = """
        :root{color-scheme:light dark;--bg:#fff;--fg:#1f2328;--soft:#59636e;--line:#d1d9e0;--card:#f6f8fa;--add:#116329;--addbg:#dafbe1;--del:#a40e26;--delbg:#ffebe9;--mod:#7d4e00;--accent:#0550ae}
        @media (prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--soft:#9198a1;--line:#3d444d;--card:#151b23;--add:#56d364;--addbg:#12261e;--del:#ff7b72;--delbg:#2d1416;--mod:#e3b341;--accent:#79c0ff}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:72rem;padding:1.5rem 1rem 4rem;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
        h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
        code,pre,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.87em}
        .soft{color:var(--soft)}.add{color:var(--add)}.del{color:var(--del)}.mod{color:var(--mod)}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.75rem;margin:1rem 0;padding:0;list-style:none}
        .figures li{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.6rem .8rem}
        .figures b{display:block;font-size:1.35rem;line-height:1.2}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
        th{color:var(--soft);font-weight:600}td.path,summary .path{overflow-wrap:anywhere}
        .tag{display:inline-block;border:1px solid var(--line);border-radius:1em;padding:0 .55em;font-size:.82em;white-space:nowrap}
        .back td{color:var(--soft);text-decoration:line-through}.back td .tag{text-decoration:none;display:inline-block}
        details{border:1px solid var(--line);border-radius:8px;margin:.5rem 0;background:var(--card)}
        summary{cursor:pointer;padding:.5rem .8rem}summary:focus-visible{outline:2px solid var(--accent)}
        pre{margin:0;padding:.5rem 0;overflow-x:auto;background:var(--bg);border-radius:0 0 8px 8px}
        pre span{display:block;padding:0 .8rem;min-width:max-content;white-space:pre}
        pre .add{background:var(--addbg)}pre .del{background:var(--delbg)}pre .at{color:var(--accent)}
        .cut{padding:.5rem .8rem;color:var(--mod)}
        @media (max-width:40rem){body{padding:1rem .6rem 3rem;font-size:14px}.rows thead{display:none}.turn::before{content:"turn "}.rows tr{display:block;border-bottom:1px solid var(--line);padding:.4rem 0}.rows td{display:inline-block;border:0;padding:.1rem .4rem .1rem 0}}
        @media print{details{break-inside:avoid}}
        """;
}
