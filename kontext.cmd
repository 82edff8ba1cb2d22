@echo off
rem Starts kontext4j on Windows, as ./kontext does elsewhere. Two things are simpler here: nothing
rem keeps two first starts apart, and newer sources are not noticed (delete target\app to rebuild).
rem KONTEXT4J_JAVA_OPTS adds options for the JVM.
setlocal enableextensions
set "root=%~dp0"
set "apps=%root%target\app"
set "jdk="

if defined JAVA_HOME call :try_jdk "%JAVA_HOME%"
for /f "delims=" %%j in ('where java 2^>nul') do call :try_jdk "%%~dpj.."
for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\jdk-*" "%ProgramFiles%\Java\jdk-*" "%USERPROFILE%\.jdks\*") do call :try_jdk "%%d"
if not defined jdk (
  echo kontext4j needs a JDK 25 or newer and found none ^(JAVA_HOME, PATH, usual places^): install one, for example Temurin 25, or point JAVA_HOME at it. 1>&2
  exit /b 1
)
set "JAVA_HOME=%jdk%"

if not exist "%apps%\current" call :build || exit /b 1
set /p name=<"%apps%\current"
set "app=%apps%\%name%"

"%JAVA_HOME%\bin\java" "@%root%tools\java-options" %KONTEXT4J_JAVA_OPTS% -cp "%app%\*" dev.kontext4j.cli.Main %*
exit /b %errorlevel%

:try_jdk
if defined jdk exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
findstr /r /b "JAVA_VERSION=.2[5-9] JAVA_VERSION=.[3-9][0-9]" "%~1\release" >nul 2>&1 && set "jdk=%~f1"
exit /b 0

:build
where mvn >nul 2>&1 || (
  echo kontext: Maven ^(mvn^) is not on the PATH; it is needed to build kontext4j: install Maven 3.8 or newer. 1>&2
  exit /b 1
)
set "name=build-%random%%random%"
if not exist "%apps%" mkdir "%apps%"
echo kontext: building; on first use Maven also fetches what is needed ^(log: %apps%\build.log^) 1>&2
pushd "%root%"
call mvn -B -ntp "-Dapp.folder=%apps%\%name%" -pl cli -am package >"%apps%\build.log" 2>&1 <nul
set "failed=%errorlevel%"
popd
if not "%failed%"=="0" (
  echo kontext: the build failed; the reasons are in %apps%\build.log 1>&2
  exit /b 1
)
>"%apps%\current" echo %name%
exit /b 0
